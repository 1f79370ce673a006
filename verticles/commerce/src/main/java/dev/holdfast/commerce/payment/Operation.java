package dev.holdfast.commerce.payment;

import dev.holdfast.commerce.partners.PaymentGateway.Kind;
import java.time.Instant;
import java.util.UUID;

/** One thing that the provider was asked for, as the batch has it in hand. */
final class Operation {
  final OperationKey key;
  final long amountMinor;
  final Instant askedAt;
  State state;
  String reference;
  String declinedFor;
  Instant expiresAt;
  Instant checkAt;
  Instant watchUntil;
  final boolean isNew;
  boolean changed;

  /** Where an operation stands. */
  enum State {
    /** The provider was asked, or is about to be; the end is open. */
    ASKED,
    /** The provider carried it out. */
    DONE,
    /** The provider refused. */
    DECLINED,
    /** An authorisation that is being taken back. */
    TURNING_BACK,
    /** An authorisation that was taken back; with a check pending it may still turn up. */
    VOIDED
  }

  /** One that was read. */
  Operation(OperationKey key, long amountMinor, Instant askedAt) {
    this(key, amountMinor, askedAt, false);
  }

  private Operation(OperationKey key, long amountMinor, Instant askedAt, boolean isNew) {
    this.key = key;
    this.amountMinor = amountMinor;
    this.askedAt = askedAt;
    this.isNew = isNew;
  }

  /** A new intent. */
  static Operation intent(OperationKey key, long amountMinor, Instant now, Instant checkAt) {
    Operation operation = new Operation(key, amountMinor, now, true);
    operation.state = State.ASKED;
    operation.checkAt = checkAt;
    return operation;
  }

  Kind kind() {
    return key.kind();
  }

  UUID id() {
    return key.id();
  }

  boolean is(Kind kind, UUID id) {
    return kind() == kind && id().equals(id);
  }

  boolean isOpen() {
    return state == State.ASKED || state == State.TURNING_BACK;
  }

  /** Whether reconciliation has to ask about it. */
  boolean isToBeChecked() {
    return checkAt != null;
  }

  void becomes(State next, Instant nextCheck) {
    state = next;
    checkAt = nextCheck;
    changed = true;
  }
}
