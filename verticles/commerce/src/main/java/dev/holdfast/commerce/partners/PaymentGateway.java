package dev.holdfast.commerce.partners;

import dev.holdfast.commerce.shared.Money;
import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A payment provider. Each movement is asked under a key of ours and takes effect once under it;
 * the same key with the same movement gets the first answer again. Every future fails with {@link
 * dev.holdfast.kernel.Unavailable} when the provider can't be asked or does not answer in time;
 * whether the movement took effect is then open, and {@link #find} tells.
 */
public interface PaymentGateway {

  /**
   * Reserves an amount on a customer's means of payment.
   *
   * @param key ours, at most 200 characters
   * @param amount positive
   * @param token the provider's name for the means of payment, never a card number
   */
  Future<Answer> authorise(String key, Money amount, String token, Deadline deadline);

  /**
   * Takes an authorised amount or a part of it.
   *
   * @param authorisation the provider's reference
   * @param amount positive, together at most what was authorised
   */
  Future<Answer> capture(String key, String authorisation, Money amount, Deadline deadline);

  /** Lets an authorised amount go of which nothing was captured. */
  Future<Answer> voidAuthorisation(String key, String authorisation, Deadline deadline);

  /**
   * Gives captured money back.
   *
   * @param authorisation the provider's reference to what was captured
   * @param amount positive, together at most what was captured
   */
  Future<Answer> refund(String key, String authorisation, Money amount, Deadline deadline);

  /** What the provider knows of a key; empty when it never took effect so far. */
  Future<Optional<Movement>> find(String key, Deadline deadline);

  /**
   * The provider's books, in the order of their numbers.
   *
   * @param after the last number of the page before, 0 for the first
   * @param limit 1 to 1,000
   */
  Future<List<Movement>> ledger(long after, int limit, Deadline deadline);

  /**
   * Who hears what the provider tells by itself. A notice is told again until the handler's future
   * succeeds.
   */
  void onNotice(Function<Notice, Future<?>> handler);

  /** What kind of movement. */
  enum Kind {
    AUTHORISE,
    CAPTURE,
    VOID,
    REFUND
  }

  /** The provider's answer. */
  sealed interface Answer {}

  /**
   * It took effect.
   *
   * @param reference the provider's name for it
   * @param expiresAt until when an authorisation holds; null for other movements
   */
  record Approved(String reference, Instant expiresAt) implements Answer {}

  /**
   * It took no effect and never will under this key.
   *
   * @param code such as {@code card_declined}, {@code authorisation_voided}, {@code
   *     already_captured}
   */
  record Declined(String code) implements Answer {}

  /**
   * A line of the provider's books.
   *
   * @param number grows
   * @param key ours
   * @param declinedFor the code when it was declined, else null
   * @param amount what moved, or would have
   * @param reference the provider's name for it
   * @param authorisation which authorisation it is about; its own reference for an authorisation
   * @param expiresAt of an authorisation, else null
   */
  record Movement(
      long number,
      String key,
      Kind kind,
      String declinedFor,
      Money amount,
      String reference,
      String authorisation,
      Instant at,
      Instant expiresAt) {

    public boolean approved() {
      return declinedFor == null;
    }

    /** The answer that was given, or would have been. */
    public Answer answer() {
      return approved() ? new Approved(reference, expiresAt) : new Declined(declinedFor);
    }
  }

  /**
   * What the provider tells by itself.
   *
   * @param id the same for each telling
   * @param key ours
   */
  record Notice(String id, String key, Kind kind, boolean approved, String reference, Instant at) {}
}
