package dev.holdfast.commerce.payment;

import dev.holdfast.commerce.partners.PaymentGateway.Answer;
import dev.holdfast.commerce.partners.PaymentGateway.Movement;
import dev.holdfast.commerce.shared.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What the first pass of a command has the provider asked, and what the second pass gets. */
sealed interface PaymentCall {

  /**
   * Answered with an {@link Answer}.
   *
   * @param again whether it may have been asked before; then the provider is asked by key first
   */
  record AskAuthorise(OperationKey key, Money amount, String token, boolean again)
      implements PaymentCall {}

  /** Answered with an {@link Answer}. */
  record AskCapture(OperationKey key, String authorisation, Money amount, boolean again)
      implements PaymentCall {}

  /** Answered with {@link RefundAnswers}. */
  record AskRefund(List<RefundCall> parts) implements PaymentCall {}

  /** A part of a refund. */
  record RefundCall(OperationKey key, String authorisation, Money amount, boolean again) {}

  /** What the provider said to each part. */
  record RefundAnswers(List<RefundAnswer> parts) {}

  /** What the provider said to one part. */
  record RefundAnswer(OperationKey key, Answer answer) {}

  /** Let go what is found under the authorisation's key. Answered with a {@link LettingGo}. */
  record AskVoid(OperationKey key) implements PaymentCall {}

  /** What became of an authorisation that is to be let go. */
  sealed interface LettingGo {}

  /** The provider let it go, now or before. */
  record LetGo(String reference, Instant expiresAt) implements LettingGo {}

  /** The provider had declined it: there is nothing to let go, and never will be. */
  record NothingHeld(String declinedFor) implements LettingGo {}

  /** The provider does not know the key, so far. */
  record NotFound() implements LettingGo {}

  /**
   * Find out about operations. Answered with {@link Findings}.
   *
   * @param look operations whose end is not known
   * @param letGo authorisations that must not hold
   * @param at when it was decided to ask
   */
  record AskAbout(UUID order, List<OperationKey> look, List<OperationKey> letGo, Instant at)
      implements PaymentCall {}

  /**
   * What was found.
   *
   * @param at when it was decided to ask
   */
  record Findings(List<Found> looked, List<Freed> letGo, Instant at) {}

  /** What the provider knows of an operation; null when it knows nothing. */
  record Found(OperationKey key, Movement movement) {}

  /** What became of an authorisation that must not hold. */
  record Freed(OperationKey key, LettingGo result) {}
}
