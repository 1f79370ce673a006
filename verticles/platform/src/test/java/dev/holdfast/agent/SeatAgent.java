package dev.holdfast.agent;

import dev.holdfast.agent.SeatProtocol.GiveBack;
import dev.holdfast.agent.SeatProtocol.GivenBack;
import dev.holdfast.agent.SeatProtocol.SeatCommand;
import dev.holdfast.agent.SeatProtocol.Take;
import dev.holdfast.agent.SeatProtocol.Taken;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Locks a hall and reads its seats in one statement, as agents do: a statement that had to wait for
 * the lock does not see the seats that were taken meanwhile.
 */
public final class SeatAgent extends Agent<SeatCommand<?>, SeatAgent.Hall> {
  public static final List<String> TABLES =
      List.of(
          "CREATE SCHEMA theatre",
          "CREATE TABLE theatre.hall (name text PRIMARY KEY)",
          """
          CREATE TABLE theatre.seat (
            name text PRIMARY KEY, hall text NOT NULL, free boolean NOT NULL)
          """,
          "GRANT USAGE ON SCHEMA theatre TO PUBLIC",
          "GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA theatre TO PUBLIC");

  public static final class Hall {
    private final Set<String> taken = new HashSet<>();
    private final List<Take> newSeats = new ArrayList<>();
    private final List<String> givenBack = new ArrayList<>();
  }

  public SeatAgent(AgentHost host) {
    super(host);
  }

  @Override
  protected Future<Hall> load(Tx tx, List<Entry<SeatCommand<?>>> batch) {
    String[] halls = batch.stream().map(one -> one.command().hall()).toArray(String[]::new);
    String[] seats = batch.stream().map(one -> one.command().seat()).toArray(String[]::new);
    return tx.execute(
            """
            SELECT seat.name FROM theatre.hall AS hall
            LEFT JOIN theatre.seat AS seat ON seat.hall = hall.name AND seat.name = ANY($2)
            WHERE hall.name = ANY($1) ORDER BY hall.name FOR UPDATE OF hall
            """,
            Tuple.tuple().addValue(halls).addValue(seats))
        .map(
            rows -> {
              Hall hall = new Hall();
              rows.forEach(row -> hall.taken.add(row.getString(0)));
              return hall;
            });
  }

  @Override
  protected Decision decide(Hall hall, Entry<SeatCommand<?>> entry) {
    return switch (entry.command()) {
      case Take take -> {
        hall.newSeats.add(take);
        yield Decision.done(new Taken(take.seat()));
      }
      case GiveBack back -> {
        boolean wasTaken = hall.taken.remove(back.seat());
        if (wasTaken) {
          hall.givenBack.add(back.seat());
        }
        yield Decision.done(new GivenBack(wasTaken));
      }
    };
  }

  @Override
  protected void save(Tx tx, Hall hall) {
    hall.newSeats.forEach(
        take ->
            tx.execute(
                "INSERT INTO theatre.seat VALUES ($1, $2, false)",
                Tuple.of(take.seat(), take.hall())));
    if (!hall.givenBack.isEmpty()) {
      tx.execute(
          "UPDATE theatre.seat SET free = true WHERE name = ANY($1)",
          Tuple.tuple().addValue(hall.givenBack.toArray(String[]::new)));
    }
  }
}
