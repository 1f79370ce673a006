package dev.holdfast.agent;

import dev.holdfast.bus.ProtocolNames;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One agent's way to the dead letters, and its memory of the keys under which some lie. */
final class Parking {
  private static final String OPEN =
      "SELECT DISTINCT parking_key FROM holdfast.dead_letter WHERE agent = $1 AND closed_at IS"
          + " NULL";

  private static final String PARK =
      """
      INSERT INTO holdfast.dead_letter (agent, parking_key, command_id, issued_on, merchant_id, type, command, origin, error, fingerprint, parked_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, 'lane', $8, $8, $9) ON CONFLICT DO NOTHING
      """;

  private final String agentName;
  private final HostServices services;
  private final Set<String> keys = new HashSet<>();

  Parking(String agentName, HostServices services) {
    this.agentName = agentName;
    this.services = services;
  }

  /** Reads the keys under which letters lie. */
  Future<?> open() {
    return services
        .database()
        .query(deadline(), OPEN, Tuple.of(agentName))
        .onSuccess(rows -> rows.forEach(row -> keys.add(row.getString(0))));
  }

  private Deadline deadline() {
    return Deadline.in(java.time.Duration.ofSeconds(3), services.clock());
  }

  /** Whether the command has to wait behind a dead letter; undo commands pass. */
  boolean standsBehind(Pending command) {
    return !keys.isEmpty() && !command.isUndo() && keys.contains(command.key());
  }

  /** Puts commands among the dead letters, in their order. */
  Future<Void> park(List<Pending> commands, Throwable cause) {
    commands.forEach(command -> keys.add(command.key()));
    return services
        .database()
        .inTransaction(
            deadline(),
            tx -> {
              for (Pending command : commands) {
                tx.execute(
                    PARK,
                    Tuple.of(
                        agentName,
                        command.key(),
                        command.ask().id().value(),
                        command.ask().id().issuedOn(),
                        command.command().merchant(),
                        ProtocolNames.typeOf(command.command().getClass()),
                        RecordJson.write(command.command()),
                        String.valueOf(cause),
                        OffsetDateTime.ofInstant(services.clock().now(), ZoneOffset.UTC)));
              }
              return Future.succeededFuture();
            });
  }
}
