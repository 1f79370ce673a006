package dev.holdfast.commerce.fraud;

import dev.holdfast.commerce.shared.Money;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Event;
import dev.holdfast.kernel.Query;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What may be said to the fraud agent, and what it says. */
public interface FraudProtocol {

  /** Commands to the fraud agent. */
  sealed interface FraudCommand<R> extends Command<R> {}

  /** Commands about one order's assessment. */
  sealed interface AboutAssessment<R> extends FraudCommand<R> {
    UUID order();

    @Override
    default String parkingKey() {
      return order().toString();
    }
  }

  /**
   * How risky is this order? Always answered; the decision is in the reply.
   *
   * @param run the order's run, told when a person has decided
   * @param customer or null for a guest
   * @param emailHash SHA-256 in hex of the lower-case address, or null
   * @param accountSince when the customer registered, business time; null for a guest
   * @param placedAt business time; drives the windows
   * @param billingCountry or null
   * @param shippingCountry or null
   * @param badIpReputation what the shop knows of the caller's address
   * @param paymentMethod the provider's token
   */
  record Assess(
      int merchant,
      UUID order,
      UUID run,
      String customer,
      String emailHash,
      Instant accountSince,
      Instant placedAt,
      Money total,
      String billingCountry,
      String shippingCountry,
      boolean badIpReputation,
      String paymentMethod)
      implements AboutAssessment<Assessed> {}

  /**
   * The verdict.
   *
   * @param score 0 to 100
   * @param reasons the rules that fired, each with its points
   */
  record Assessed(UUID order, int score, Level level, Verdict verdict, List<Reason> reasons) {
    public Assessed {
      reasons = List.copyOf(reasons);
    }
  }

  /** A rule that met an order, and the points it gave. */
  record Reason(String rule, int points) {}

  /** How risky the points make an order. */
  enum Level {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
  }

  /** What is to be done with an order. */
  enum Verdict {
    APPROVED,
    FLAGGED,
    REVIEW,
    BLOCKED
  }

  /** Undo of {@link Assess}: the order does not count in the customer's windows any more. */
  record Withdraw(int merchant, UUID order) implements AboutAssessment<Withdrawn> {}

  /** The order counts for nothing in later assessments. */
  record Withdrawn(UUID order) {}

  /**
   * A person decides about a held order; the order's run is told {@code reviewed}. Refused with
   * {@code not_in_review} (conflict), {@code unknown_assessment} (not found).
   */
  record Review(int merchant, UUID order, boolean approve, String by, String note)
      implements AboutAssessment<Reviewed> {}

  /** Also the signal's body. */
  record Reviewed(UUID order, boolean approved) {}

  /**
   * Refuse whoever matches from now on.
   *
   * @param kind what the value is
   * @param value a customer's number, an e-mail's hash, a payment token
   * @param until platform time, or null for ever
   */
  record Block(int merchant, Kind kind, String value, String reason, Instant until)
      implements FraudCommand<Blocked> {
    @Override
    public String parkingKey() {
      return kind + "/" + value;
    }
  }

  /** What is blocked. */
  enum Kind {
    CUSTOMER,
    EMAIL,
    PAYMENT_METHOD
  }

  /** The value is on the block list. */
  record Blocked(Kind kind, String value) {}

  /** Questions to the fraud agent. */
  sealed interface FraudQuery<R> extends Query<R> {}

  /** One assessment; refused as {@code unknown_assessment} when there is none. */
  record AssessmentOf(int merchant, UUID order) implements FraudQuery<Assessment> {}

  /** Orders waiting for a person, oldest first, after the given one (null: from the first). */
  record ReviewQueue(int merchant, UUID after, int limit) implements FraudQuery<Assessments> {}

  /** An assessment as others see it. */
  record Assessment(
      UUID order,
      String customer,
      int score,
      Level level,
      Verdict verdict,
      List<Reason> reasons,
      String reviewedBy,
      Boolean approved,
      Instant assessedAt) {
    public Assessment {
      reasons = List.copyOf(reasons);
    }
  }

  /** Assessments as others see them. */
  record Assessments(List<Assessment> assessments) {
    public Assessments {
      assessments = List.copyOf(assessments);
    }
  }

  /** An order was assessed. */
  record OrderAssessed(int merchant, String aggregate, long version, int score, String verdict)
      implements Event {}

  /** A person decided. */
  record OrderReviewed(int merchant, String aggregate, long version, boolean approved)
      implements Event {}
}
