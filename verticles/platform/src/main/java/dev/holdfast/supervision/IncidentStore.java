package dev.holdfast.supervision;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Timestamps;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;

/** The table of incidents. */
public final class IncidentStore {
  private static final Duration WITHIN = Duration.ofSeconds(2);

  /**
   * An incident that has ended never changes: a write whose answer was lost may come in after the
   * one that followed it.
   */
  private static final String WRITE =
      """
      INSERT INTO holdfast.incident (
        incident_id, node, child, signals, rung, rule, refused, action,
        broken_since, fault_at, detected_at, acted_at, proven_at, notified_at, outcome)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
      ON CONFLICT (incident_id) DO UPDATE SET
        signals = EXCLUDED.signals, action = EXCLUDED.action, acted_at = EXCLUDED.acted_at,
        proven_at = EXCLUDED.proven_at, notified_at = EXCLUDED.notified_at,
        outcome = EXCLUDED.outcome
      WHERE incident.outcome = 'OPEN'
      """;

  private static final String RESTARTS =
      """
      SELECT count(*) FROM holdfast.incident WHERE action LIKE 'restart %'
      """;

  private final Database database;
  private final Clock clock;

  /**
   * @param database best one whose pool lives in the supervisor's own {@code Vertx}, so that a
   *     hanging loop of the platform keeps no incident from being written
   */
  public IncidentStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Stores the incident under its id, over what was stored of it before. */
  public Future<Void> write(Incident incident) {
    Incident.Times times = incident.times();
    Tuple row =
        Tuple.of(incident.id(), incident.node(), incident.child())
            .addArrayOfString(incident.signals().toArray(String[]::new))
            .addString(incident.choice().rung().name())
            .addString(incident.choice().rule())
            .addArrayOfString(incident.choice().refused().toArray(String[]::new))
            .addString(incident.action())
            .addOffsetDateTime(Timestamps.utc(times.brokenSince()))
            .addOffsetDateTime(Timestamps.utc(times.faultAt()))
            .addOffsetDateTime(Timestamps.utc(times.detectedAt()))
            .addOffsetDateTime(times.actedAt().map(Timestamps::utc).orElse(null))
            .addOffsetDateTime(times.provenAt().map(Timestamps::utc).orElse(null))
            .addOffsetDateTime(times.notifiedAt().map(Timestamps::utc).orElse(null))
            .addString(incident.outcome().name());
    return database.query(Deadline.in(WITHIN, clock), WRITE, row).mapEmpty();
  }

  /** Faults that were answered by a restart, since the database was made. */
  public Future<Long> restarts() {
    return database
        .query(Deadline.in(WITHIN, clock), RESTARTS, Tuple.tuple())
        .map(rows -> rows.iterator().next().getLong(0));
  }
}
