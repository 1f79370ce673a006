package dev.holdfast.commerce.api;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.OutageCodes;
import org.junit.jupiter.api.Test;

/** Whose doing it is that an agent did not answer. */
class OutageRulesTest {
  private static Unavailable outage(String code) {
    return new Unavailable(code, "away");
  }

  @Test
  void what_the_database_itself_says_is_its_doing_at_once() {
    assertTrue(OutageRules.isOfDatabase(outage(OutageCodes.COMMIT_UNKNOWN), false));
    assertTrue(OutageRules.isOfDatabase(outage(OutageCodes.UNREACHABLE), false));
    assertTrue(OutageRules.isOfDatabase(outage(Unavailable.DEADLINE_PASSED), false));
  }

  @Test
  void a_full_queue_is_its_doing_only_while_it_is_silent() {
    assertFalse(OutageRules.isOfDatabase(Unavailable.overloaded("the lane"), false));
    assertTrue(OutageRules.isOfDatabase(Unavailable.overloaded("the lane"), true));
  }

  @Test
  void an_agent_that_is_away_and_a_bug_never_are() {
    assertFalse(OutageRules.isOfDatabase(outage("agent_away"), true));
    assertFalse(OutageRules.isOfDatabase(new IllegalStateException("a bug"), true));
  }
}
