package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.SeatProtocol.Take;
import dev.holdfast.agent.SeatProtocol.Taken;
import dev.holdfast.bus.Answer;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.testing.AgentDriver;
import dev.holdfast.testing.MigratedDatabase;
import dev.holdfast.testing.PlatformNode;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Far more commands at once than a lane may hold. */
@ExtendWith(PostgresExtension.class)
class FloodIT {
  private static final int FLOOD = 100_000;

  @Test
  void what_a_flood_asks_is_done_or_refused_as_overload_and_the_agent_goes_on(TestDatabase rows) {
    PostgresLogin login = MigratedDatabase.prepare(rows, "db/holdfast");
    rows.execute("SELECT holdfast.make_reply_partitions(current_date - 1, 3)");
    SeatAgent.TABLES.forEach(rows::execute);
    rows.execute("INSERT INTO theatre.hall VALUES ('one')");
    try (PlatformNode node =
        PlatformNode.serving("seat", login, (host, data) -> new SeatAgent(host))) {
      List<Future<Answer<Taken>>> asked = new ArrayList<>(FLOOD);
      for (int i = 0; i < FLOOD; i++) {
        asked.add(node.ask("flood-" + i, new Take("one", "seat-" + i)));
      }
      AgentDriver.await(Future.join(asked).otherwiseEmpty());
      Map<String, Long> refusals =
          asked.stream()
              .filter(Future::failed)
              .map(refused -> ((Unavailable) refused.cause()).code())
              .collect(Collectors.groupingBy(code -> code, Collectors.counting()));
      assertTrue(
          Set.of("overloaded", "deadline_passed").containsAll(refusals.keySet()),
          refusals::toString);
      assertTrue(refusals.containsKey("overloaded"), "the flood was none");
      long done = asked.stream().filter(Future::succeeded).count();
      long taken = rows.number("SELECT count(*) FROM theatre.seat");
      long unknown = refusals.getOrDefault("deadline_passed", 0L);
      assertTrue(done > 0 && done <= taken && taken <= done + unknown, done + " of " + taken);
      AgentDriver.await(node.ask("afterwards", new Take("one", "last")));
    }
  }
}
