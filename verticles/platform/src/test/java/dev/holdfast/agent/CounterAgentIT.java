package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.agent.CounterProtocol.Add;
import dev.holdfast.agent.CounterProtocol.Script;
import dev.holdfast.agent.CounterProtocol.Subtract;
import dev.holdfast.testing.AgentKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every agent promises, shown of the smallest; {@code docs/agents.md} explains it. */
class CounterAgentIT {
  @RegisterExtension
  static final AgentKit KIT =
      AgentKit.of("counter", CounterAgent::new).withTables(CounterAgent.TABLE);

  private static final String TOTAL = "SELECT coalesce(sum(total), 0) FROM counter";
  private static final Add FIVE = new Add("c", "k", 5, Script.WELL);

  @Test
  void asked_again_by_anybody_it_adds_once() {
    KIT.assertOneEffect("five", FIVE);
    assertEquals(5, KIT.rows().number(TOTAL));
  }

  @Test
  void a_refusal_is_remembered_too() {
    KIT.done("most", new Add("c", "k", 99, Script.WELL));
    assertEquals("too_much", KIT.refused("more", FIVE));
    KIT.done("less", new Add("c", "k", -9, Script.WELL));
    assertEquals("too_much", KIT.refused("more", FIVE));
  }

  @Test
  void what_was_added_is_taken_back() {
    KIT.assertUndone(TOTAL, FIVE, new Subtract("c", "k", 5));
  }

  @Test
  void a_command_that_breaks_it_is_parked_alone() {
    KIT.assertParkedAlone(new Add("c", "other", 1, Script.THROW), FIVE);
    assertEquals(5, KIT.rows().number(TOTAL));
  }
}
