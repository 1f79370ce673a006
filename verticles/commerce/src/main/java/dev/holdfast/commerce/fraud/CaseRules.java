package dev.holdfast.commerce.fraud;

import dev.holdfast.agent.Decision;
import dev.holdfast.agent.RunSignal;
import dev.holdfast.commerce.fraud.FraudProtocol.Assess;
import dev.holdfast.commerce.fraud.FraudProtocol.Assessed;
import dev.holdfast.commerce.fraud.FraudProtocol.Block;
import dev.holdfast.commerce.fraud.FraudProtocol.Blocked;
import dev.holdfast.commerce.fraud.FraudProtocol.OrderAssessed;
import dev.holdfast.commerce.fraud.FraudProtocol.OrderReviewed;
import dev.holdfast.commerce.fraud.FraudProtocol.Review;
import dev.holdfast.commerce.fraud.FraudProtocol.Reviewed;
import dev.holdfast.commerce.fraud.FraudProtocol.Withdraw;
import dev.holdfast.commerce.fraud.FraudProtocol.Withdrawn;
import dev.holdfast.kernel.Refusal;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The life of an assessment: its first version judges, its second is a person's decision. */
final class CaseRules {
  /** The signal that an order's run waits for while it is in review. */
  static final String REVIEWED = "reviewed";

  private static final int LONGEST_VALUE = 256;

  private final FraudRules rules;

  CaseRules(FraudRules rules) {
    this.rules = rules;
  }

  /** An order is judged once; asked again by another command, the verdict stands. */
  Decision assess(Casebook book, Assess asked) {
    Optional<Case> before = book.find(asked.merchant(), asked.order());
    if (before.isPresent()) {
      return Decision.done(before.get().assessed);
    }
    Assessed assessed = rules.judge(book.facts(asked));
    book.add(Case.of(asked, assessed));
    return Decision.done(assessed)
        .tell(
            new OrderAssessed(
                asked.merchant(),
                asked.order().toString(),
                1,
                assessed.score(),
                assessed.verdict().name().toLowerCase(Locale.ROOT)));
  }

  /** Done as well when the order was never assessed. */
  Decision withdraw(Casebook book, Withdraw asked) {
    book.find(asked.merchant(), asked.order())
        .filter(found -> !found.withdrawn())
        .ifPresent(book::withdraw);
    return Decision.done(new Withdrawn(asked.order()));
  }

  /** A person decides once. */
  Decision review(Casebook book, Review asked, Instant now) {
    Optional<Case> found = book.find(asked.merchant(), asked.order());
    if (found.isEmpty()) {
      return Decision.rejected(
          Refusal.notFound("unknown_assessment", "The order was not assessed."));
    }
    if (!found.get().isInReview()) {
      return Decision.rejected(
          Refusal.conflict("not_in_review", "The order does not wait for a review."));
    }
    found.get().decide(asked, now);
    Reviewed reviewed = new Reviewed(asked.order(), asked.approve());
    return Decision.done(reviewed)
        .tell(new OrderReviewed(asked.merchant(), asked.order().toString(), 2, asked.approve()))
        .signal(new RunSignal(found.get().run, REVIEWED, reviewed));
  }

  /** Blocked again, the later reason and end count. */
  Decision block(Casebook book, Block asked) {
    if (asked.value() == null
        || asked.value().isBlank()
        || asked.value().length() > LONGEST_VALUE) {
      return Decision.rejected(
          Refusal.invalid(
              "invalid_value", "The value must have 1 to " + LONGEST_VALUE + " characters."));
    }
    book.add(asked);
    return Decision.done(new Blocked(asked.kind(), asked.value()));
  }
}
