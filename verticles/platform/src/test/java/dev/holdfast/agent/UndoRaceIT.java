package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.SeatProtocol.GiveBack;
import dev.holdfast.agent.SeatProtocol.GivenBack;
import dev.holdfast.agent.SeatProtocol.Take;
import dev.holdfast.agent.SeatProtocol.Taken;
import dev.holdfast.bus.Answer;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.testing.AgentDriver;
import dev.holdfast.testing.PlatformNode;
import dev.holdfast.testing.PlatformSchema;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A command on one node and its undo on another, at the same moment. */
@ExtendWith(PostgresExtension.class)
class UndoRaceIT {
  private static final int ROUNDS = 300;
  private static final int SEATS = 4;

  private record Pair(String seat, Future<Answer<Taken>> taken, Future<Answer<GivenBack>> back) {}

  @Test
  void whatever_comes_first_nothing_stays_that_was_taken_back(TestDatabase rows) {
    PostgresLogin login = PlatformSchema.with(rows, SeatAgent.TABLES);
    rows.execute("INSERT INTO theatre.hall VALUES ('one')");
    int voided = 0;
    try (PlatformNode here = node(login);
        PlatformNode there = node(login)) {
      for (int round = 0; round < ROUNDS; round++) {
        voided += voided(race(here, there, round));
      }
    }
    assertEquals(0, rows.number("SELECT count(*) FROM theatre.seat WHERE NOT free"));
    assertTrue(voided > 0 && voided < ROUNDS * SEATS, "always the same came first: " + voided);
    assertEquals(
        0,
        rows.number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));
  }

  private static PlatformNode node(PostgresLogin login) {
    return PlatformNode.serving("seat", login, (host, database) -> new SeatAgent(host));
  }

  private static List<Pair> race(PlatformNode here, PlatformNode there, int round) {
    List<Pair> pairs = new ArrayList<>();
    for (int number = 0; number < SEATS; number++) {
      String seat = round + "-" + number;
      boolean undoFirst = (round + number) % 2 == 0;
      GiveBack giveBack = new GiveBack("one", seat);
      Future<Answer<GivenBack>> early = undoFirst ? there.undo(seat, giveBack) : null;
      Future<Answer<Taken>> taken = here.ask(seat, new Take("one", seat));
      pairs.add(new Pair(seat, taken, undoFirst ? early : there.undo(seat, giveBack)));
    }
    return pairs;
  }

  /** How many were taken back before they were taken; the others gave back what was taken. */
  private static int voided(List<Pair> pairs) {
    int voided = 0;
    for (Pair pair : pairs) {
      boolean wasTaken = AgentDriver.await(pair.back()).outcome().orThrow().wasTaken();
      Outcome<Taken> taken = AgentDriver.await(pair.taken()).outcome();
      boolean wasVoided = taken.equals(Outcome.rejected(Refusal.voided()));
      assertEquals(!wasVoided, wasTaken, pair.seat());
      voided += wasVoided ? 1 : 0;
    }
    return voided;
  }
}
