package dev.holdfast.commerce.fraud;

import dev.holdfast.commerce.fraud.FraudProtocol.Assess;
import dev.holdfast.commerce.fraud.FraudProtocol.Assessed;
import dev.holdfast.commerce.fraud.FraudProtocol.Review;
import dev.holdfast.commerce.fraud.FraudProtocol.Verdict;
import java.time.Instant;
import java.util.UUID;

/** An order's assessment, as the commands of a batch so far left it. */
final class Case {
  final int merchant;
  final UUID run;
  final String customer;
  final String shopper;
  final String paymentMethod;
  final Instant placedAt;
  final Assessed assessed;

  /** Whether the row is in the database. */
  final boolean known;

  private boolean withdrawn;
  private boolean changed;
  private Decided decided;

  /** What a person decided. */
  record Decided(boolean approved, String by, String note, Instant at) {}

  private Case(
      int merchant,
      UUID run,
      String customer,
      String shopper,
      String paymentMethod,
      Instant placedAt,
      Assessed assessed,
      boolean known) {
    this.merchant = merchant;
    this.run = run;
    this.customer = customer;
    this.shopper = shopper;
    this.paymentMethod = paymentMethod;
    this.placedAt = placedAt;
    this.assessed = assessed;
    this.known = known;
  }

  /** One that lies in the database; who decided is not needed any more. */
  static Case loaded(
      int merchant,
      UUID run,
      String shopper,
      String paymentMethod,
      Instant placedAt,
      Assessed assessed,
      boolean withdrawn,
      Decided decided) {
    Case loaded = new Case(merchant, run, null, shopper, paymentMethod, placedAt, assessed, true);
    loaded.withdrawn = withdrawn;
    loaded.decided = decided;
    return loaded;
  }

  /** A new one. */
  static Case of(Assess asked, Assessed assessed) {
    return new Case(
        asked.merchant(),
        asked.run(),
        asked.customer(),
        shopperOf(asked),
        asked.paymentMethod(),
        asked.placedAt(),
        assessed,
        false);
  }

  /** Whose windows an order counts in: the customer's, else those of a guest's address. */
  static String shopperOf(Assess asked) {
    if (asked.customer() != null) {
      return "customer/" + asked.customer();
    }
    return asked.emailHash() == null ? null : "email/" + asked.emailHash();
  }

  UUID order() {
    return assessed.order();
  }

  boolean withdrawn() {
    return withdrawn;
  }

  Decided decided() {
    return decided;
  }

  /** Whether a row that is in the database has to be written again. */
  boolean changed() {
    return known && changed;
  }

  /** Whether a person has still to decide. */
  boolean isInReview() {
    return assessed.verdict() == Verdict.REVIEW && decided == null && !withdrawn;
  }

  void withdraw() {
    withdrawn = true;
    changed = true;
  }

  void decide(Review review, Instant at) {
    decided = new Decided(review.approve(), review.by(), review.note(), at);
    changed = true;
  }
}
