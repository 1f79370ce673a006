package dev.holdfast.alert;

import dev.holdfast.alert.Alert.Acknowledgement;
import dev.holdfast.alert.Alert.End;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Timestamps;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The tables of alerts and of their deliveries. */
final class AlertStore {
  /** Written again when an answer was lost; an older state never comes over a newer one. */
  private static final String WRITE_ALERT =
      """
      INSERT INTO holdfast.alert AS known (
        alert_id, fingerprint, node, condition, subject, severity, body, value, times,
        first_seen, last_seen, told, acknowledged_at, acknowledged_by, ended_at, ended_by, note,
        revision)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
      ON CONFLICT (alert_id) DO UPDATE SET
        severity = EXCLUDED.severity, body = EXCLUDED.body, value = EXCLUDED.value,
        times = EXCLUDED.times, last_seen = EXCLUDED.last_seen, told = EXCLUDED.told,
        acknowledged_at = EXCLUDED.acknowledged_at, acknowledged_by = EXCLUDED.acknowledged_by,
        ended_at = EXCLUDED.ended_at, ended_by = EXCLUDED.ended_by, note = EXCLUDED.note,
        revision = EXCLUDED.revision
      WHERE known.revision <= EXCLUDED.revision
      """;

  /** What has ended never changes. */
  private static final String WRITE_DELIVERY =
      """
      INSERT INTO holdfast.alert_delivery AS known (
        delivery_id, alert_id, node, handler, what, state, attempts, due, answer, ended_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      ON CONFLICT (delivery_id) DO UPDATE SET
        state = EXCLUDED.state, attempts = EXCLUDED.attempts, due = EXCLUDED.due,
        answer = EXCLUDED.answer, ended_at = EXCLUDED.ended_at
      WHERE known.state = 'WAITING' AND known.attempts <= EXCLUDED.attempts
      """;

  private static final String ACTIVE =
      """
      SELECT * FROM holdfast.alert WHERE node = $1 AND ended_at IS NULL ORDER BY first_seen
      """;

  private static final String HISTORY =
      """
      SELECT * FROM holdfast.alert
      WHERE ended_at IS NOT NULL
      ORDER BY ended_at DESC, alert_id
      LIMIT $1
      """;

  private static final String WAITING =
      """
      SELECT delivery_id, handler, what, state, attempts, due, answer, ended_at
      FROM holdfast.alert_delivery
      WHERE node = $1 AND handler = $2 AND state = 'WAITING'
      ORDER BY number
      LIMIT $3
      """;

  private static final String DELIVERIES =
      """
      SELECT delivery_id, handler, what, state, attempts, due, answer, ended_at
      FROM holdfast.alert_delivery
      ORDER BY number DESC
      LIMIT $1
      """;

  private static final String FORGET_ALERTS =
      """
      DELETE FROM holdfast.alert
      WHERE ended_at < (
        SELECT ended_at FROM holdfast.alert
        WHERE ended_at IS NOT NULL
        ORDER BY ended_at DESC
        OFFSET $1 - 1 LIMIT 1)
      """;

  /** One that still waits is brought to its end first. */
  private static final String FORGET_DELIVERIES =
      """
      DELETE FROM holdfast.alert_delivery AS gone
      WHERE gone.state <> 'WAITING'
        AND NOT EXISTS (SELECT FROM holdfast.alert WHERE alert.alert_id = gone.alert_id)
      """;

  private final Database database;
  private final String node;
  private final Clock clock;

  AlertStore(Database database, String node, Clock clock) {
    this.database = database;
    this.node = node;
    this.clock = clock;
  }

  /** Writes these states, all or none. */
  Future<Void> write(Collection<Alert> alerts, Collection<Delivery> deliveries, Deadline deadline) {
    return back(deadline, database.inTransaction(deadline, tx -> write(tx, alerts, deliveries)));
  }

  private Future<Void> write(Tx tx, Collection<Alert> alerts, Collection<Delivery> deliveries) {
    List<Future<?>> all = new ArrayList<>();
    alerts.forEach(alert -> all.add(tx.execute(WRITE_ALERT, row(alert))));
    deliveries.forEach(delivery -> all.add(tx.execute(WRITE_DELIVERY, row(delivery))));
    return Future.all(all).mapEmpty();
  }

  private static Tuple row(Alert alert) {
    Optional<Acknowledgement> acknowledged = alert.acknowledged();
    Optional<End> ended = alert.ended();
    return Tuple.of(alert.id(), alert.fingerprint(), alert.node(), alert.condition())
        .addString(alert.subject())
        .addString(alert.severity().name())
        .addString(alert.text())
        .addDouble(alert.value())
        .addInteger(alert.count())
        .addOffsetDateTime(Timestamps.utc(alert.firstSeen()))
        .addOffsetDateTime(Timestamps.utc(alert.lastSeen()))
        .addBoolean(alert.told())
        .addOffsetDateTime(acknowledged.map(Acknowledgement::at).map(Timestamps::utc).orElse(null))
        .addString(acknowledged.map(Acknowledgement::by).orElse(null))
        .addOffsetDateTime(ended.map(End::at).map(Timestamps::utc).orElse(null))
        .addString(ended.map(End::by).orElse(null))
        .addString(ended.map(End::note).orElse(null))
        .addInteger(alert.revision());
  }

  private Tuple row(Delivery delivery) {
    return Tuple.of(delivery.id(), delivery.what().alertId(), node, delivery.handler())
        .addString(RecordJson.write(delivery.what()))
        .addString(delivery.state().name())
        .addInteger(delivery.attempts())
        .addOffsetDateTime(Timestamps.utc(delivery.due()))
        .addString(delivery.answer())
        .addOffsetDateTime(delivery.endedAt().map(Timestamps::utc).orElse(null));
  }

  /** This node's active alerts, the oldest first. */
  Future<List<Alert>> active(Deadline deadline) {
    return query(deadline, ACTIVE, Tuple.of(node)).map(rows -> all(rows, this::alert));
  }

  /** The alerts of all nodes that ended last, the latest first. */
  Future<List<Alert>> history(int limit, Deadline deadline) {
    return query(deadline, HISTORY, Tuple.of(limit)).map(rows -> all(rows, this::alert));
  }

  /** What waits for a receiver at this node, in order. */
  Future<List<Delivery>> waiting(String handler, int limit, Deadline deadline) {
    return query(deadline, WAITING, Tuple.of(node, handler, limit))
        .map(rows -> all(rows, AlertStore::delivery));
  }

  /** The latest deliveries of all nodes, the latest first. */
  Future<List<Delivery>> deliveries(int limit, Deadline deadline) {
    return query(deadline, DELIVERIES, Tuple.of(limit))
        .map(rows -> all(rows, AlertStore::delivery));
  }

  /** Keeps so many alerts that ended, and their deliveries. */
  Future<Void> forgetBeyond(int kept, Deadline deadline) {
    return back(deadline, database.inTransaction(deadline, tx -> forget(tx, kept)));
  }

  private static Future<Void> forget(Tx tx, int kept) {
    return tx.execute(FORGET_ALERTS, Tuple.of(kept))
        .compose(done -> tx.execute(FORGET_DELIVERIES, Tuple.tuple()))
        .mapEmpty();
  }

  private Future<RowSet<Row>> query(Deadline deadline, String sql, Tuple arguments) {
    return back(deadline, database.query(deadline, sql, arguments));
  }

  /**
   * The answer on the caller's context and in time, whatever becomes of the loop that the pool has:
   * it may be one of another {@code Vertx}.
   */
  private <T> Future<T> back(Deadline deadline, Future<T> answer) {
    Context caller = Vertx.currentContext();
    if (caller == null || answer.isComplete()) {
      return answer;
    }
    Promise<T> here = Promise.promise();
    long timer =
        caller
            .owner()
            .setTimer(
                Math.max(1, deadline.remainingMillis(clock)),
                late -> here.tryFail(Unavailable.deadlinePassed("the table of alerts")));
    answer.onComplete(
        done ->
            caller.runOnContext(
                turn -> {
                  caller.owner().cancelTimer(timer);
                  if (done.succeeded()) {
                    here.tryComplete(done.result());
                  } else {
                    here.tryFail(done.cause());
                  }
                }));
    return here.future();
  }

  private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> one) {
    List<T> all = new ArrayList<>(rows.size());
    rows.forEach(row -> all.add(one.apply(row)));
    return all;
  }

  private static Instant time(Row row, String column) {
    return Timestamps.instant(row.getOffsetDateTime(column));
  }

  private Alert alert(Row row) {
    Instant acknowledged = time(row, "acknowledged_at");
    Instant ended = time(row, "ended_at");
    return new Alert(
        row.getUUID("alert_id"),
        row.getString("fingerprint"),
        row.getString("node"),
        row.getString("condition"),
        row.getString("subject"),
        Severity.valueOf(row.getString("severity")),
        row.getString("body"),
        row.getDouble("value"),
        row.getInteger("times"),
        time(row, "first_seen"),
        time(row, "last_seen"),
        row.getBoolean("told"),
        Optional.ofNullable(acknowledged)
            .map(at -> new Acknowledgement(at, row.getString("acknowledged_by"))),
        Optional.ofNullable(ended)
            .map(at -> new End(at, row.getString("ended_by"), row.getString("note"))),
        row.getInteger("revision"));
  }

  private static Delivery delivery(Row row) {
    return new Delivery(
        row.getUUID("delivery_id"),
        row.getString("handler"),
        RecordJson.read(row.getString("what"), Notification.class),
        Delivery.State.valueOf(row.getString("state")),
        row.getInteger("attempts"),
        time(row, "due"),
        row.getString("answer"),
        Optional.ofNullable(time(row, "ended_at")));
  }
}
