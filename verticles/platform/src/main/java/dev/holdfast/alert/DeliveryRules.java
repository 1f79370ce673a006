package dev.holdfast.alert;

import dev.holdfast.alert.Delivery.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What follows an answer. */
final class DeliveryRules {
  private DeliveryRules() {}

  /**
   * The delivery after an answer.
   *
   * @param wait until the next attempt; a receiver's own wish counts when it is longer
   */
  static Delivery after(
      Delivery tried, Answer answer, Duration wait, DeliveryPolicy policy, Instant now) {
    return switch (answer.verdict()) {
      case TAKEN -> tried.tried(State.DELIVERED, now, answer.text(), Optional.of(now));
      case REFUSED -> tried.tried(State.REFUSED, now, answer.text(), Optional.of(now));
      case LATER -> {
        Duration longer = answer.after().filter(own -> own.compareTo(wait) > 0).orElse(wait);
        Instant next = now.plus(longer);
        boolean late = next.isAfter(tried.what().at().plus(policy.giveUpAfter()));
        yield late
            ? tried.tried(State.GIVEN_UP, now, answer.text(), Optional.of(now))
            : tried.tried(State.WAITING, next, answer.text(), Optional.empty());
      }
    };
  }
}
