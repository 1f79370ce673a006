package dev.holdfast.launcher.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.days.Books.Consequences;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ConsequenceRulesTest {
  @Tag("E-249")
  @Test
  void all_is_well_when_every_delivered_order_was_earned_for_once() {
    assertEquals(List.of(), ConsequenceRules.findings(new Consequences(7, 7, 0)));
    assertTrue(ConsequenceRules.areHeard(new Consequences(7, 7, 0)));
  }

  @Test
  void an_event_that_took_no_effect_is_waited_for_and_told() {
    Consequences seen = new Consequences(7, 6, 0);
    assertFalse(ConsequenceRules.areHeard(seen));
    assertEquals(
        List.of(
            "orders delivered to customers: 7, orders that customers earned points for: 6;"
                + " look at orders.orders against customer.customer"),
        ConsequenceRules.findings(seen));
  }

  @Test
  void one_that_took_effect_twice_is_told_at_once() {
    Consequences seen = new Consequences(7, 8, 0);
    assertTrue(ConsequenceRules.areHeard(seen));
    assertEquals(1, ConsequenceRules.findings(seen).size());
  }

  @Test
  void a_delivered_order_whose_run_went_another_way_is_told() {
    assertEquals(
        List.of("2 delivered orders have runs that did not complete; look at holdfast.run"),
        ConsequenceRules.findings(new Consequences(7, 7, 2)));
  }
}
