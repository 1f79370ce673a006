package dev.holdfast.launcher.drill;

import dev.holdfast.launcher.days.Books.Consequences;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether what has to follow from delivered orders has followed, once each: customers hear of them
 * by events and earn points, and the orders' runs are over.
 */
final class ConsequenceRules {
  private ConsequenceRules() {}

  /** Whether nothing is to be heard any more. */
  static boolean areHeard(Consequences seen) {
    return seen.earned() >= seen.delivered();
  }

  /** What is wrong, one sentence each with what to look at; empty when nothing is. */
  static List<String> findings(Consequences seen) {
    List<String> findings = new ArrayList<>();
    if (seen.earned() != seen.delivered()) {
      findings.add(
          "orders delivered to customers: %d, orders that customers earned points for: %d;"
                  .formatted(seen.delivered(), seen.earned())
              + " look at orders.orders against customer.customer");
    }
    if (seen.notCompleted() != 0) {
      findings.add(
          "%d delivered orders have runs that did not complete; look at holdfast.run"
              .formatted(seen.notCompleted()));
    }
    return findings;
  }
}
