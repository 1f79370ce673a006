package dev.holdfast.commerce.partners;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What every simulated partner keeps: faults, notices not yet told, requests held up. */
final class SimulatorStore {
  /** CREATE … IF NOT EXISTS fails when two do it at once. */
  private static final String ALONE = "SELECT pg_advisory_xact_lock(7461)";

  private static final String HAPPENED =
      """
      INSERT INTO partner.fault (partner, key, operation, fault, at)
      SELECT $5, key, operation, fault, at
      FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])
           AS r (key, operation, fault, at)
      ON CONFLICT DO NOTHING
      """;

  private static final String FAULTS =
      """
      SELECT fault, count(*) AS times
      FROM partner.fault
      WHERE partner = $1
      GROUP BY fault
      """;

  private static final String TELL =
      """
      INSERT INTO partner.notice (partner, id, body, fault, due_at)
      SELECT $5, id, body, fault, due_at
      FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])
           AS r (id, body, fault, due_at)
      """;

  private static final String UNTOLD =
      """
      SELECT id, body, fault, due_at
      FROM partner.notice
      WHERE partner = $1
      ORDER BY due_at
      LIMIT $2
      """;

  private static final String TOLD =
      """
      DELETE FROM partner.notice
      WHERE partner = $2 AND id = ANY($1::text[])
      """;

  private static final String HOLD_UP =
      """
      INSERT INTO partner.late (partner, key, body, due_at)
      SELECT $4, key, body, due_at
      FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS r (key, body, due_at)
      ON CONFLICT DO NOTHING
      """;

  private static final String HELD_UP =
      """
      SELECT key, body, due_at
      FROM partner.late
      WHERE partner = $1
      ORDER BY due_at
      LIMIT $2
      """;

  private static final String AMONG_HELD_UP =
      """
      SELECT key
      FROM partner.late
      WHERE partner = $2 AND key = ANY($1::text[])
      """;

  private static final String ARRIVED =
      """
      DELETE FROM partner.late
      WHERE partner = $2 AND key = ANY($1::text[])
      """;

  private final String partner;

  /** The part of the tables that belongs to one partner. */
  SimulatorStore(String partner) {
    this.partner = partner;
  }

  /** A fault that happened. */
  record Happened(String key, String operation, Fault fault, Instant at) {}

  /** A notice to be told. */
  record Untold(String id, String body, Fault fault, Instant dueAt) {}

  /** A request that was held up. */
  record HeldUp(String key, String body, Instant dueAt) {}

  /** Makes the tables of the given scripts where they are not there. */
  static Future<Void> create(Database database, Deadline deadline, String... scripts) {
    List<String> statements = new ArrayList<>();
    Arrays.stream(scripts).forEach(script -> statements.addAll(statements(script)));
    return database.inTransaction(
        deadline,
        tx -> {
          Future<?> last = tx.execute(ALONE, Tuple.tuple());
          for (String statement : statements) {
            last = last.compose(done -> tx.execute(statement, Tuple.tuple()));
          }
          return last.mapEmpty();
        });
  }

  /** A statement ends with a semicolon at a line's end, unless the next line is indented. */
  private static List<String> statements(String script) {
    try (InputStream in = SimulatorStore.class.getResourceAsStream("/partners/" + script)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split(";\\s*\n(?=\\S|\\z)"))
          .filter(part -> !part.isBlank())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("partners/" + script, e);
    }
  }

  /** Writes what a batch left. */
  void write(Tx tx, Aftermath aftermath) {
    happened(tx, aftermath.faults);
    tell(tx, aftermath.notices);
    holdUp(tx, aftermath.heldUp);
    arrived(tx, aftermath.arrived);
  }

  void happened(Tx tx, List<Happened> faults) {
    if (faults.isEmpty()) {
      return;
    }
    tx.execute(
        HAPPENED,
        Columns.of(faults)
            .texts(Happened::key)
            .texts(Happened::operation)
            .texts(fault -> fault.fault().name())
            .times(fault -> fault.at())
            .value(partner)
            .tuple());
  }

  Future<Map<Fault, Long>> faults(Database database, Deadline deadline) {
    return database.query(deadline, FAULTS, Tuple.of(partner)).map(SimulatorStore::counts);
  }

  private static Map<Fault, Long> counts(Iterable<Row> rows) {
    Map<Fault, Long> counts = new EnumMap<>(Fault.class);
    rows.forEach(row -> counts.put(Fault.valueOf(row.getString("fault")), row.getLong("times")));
    return counts;
  }

  private void tell(Tx tx, List<Untold> notices) {
    if (notices.isEmpty()) {
      return;
    }
    tx.execute(
        TELL,
        Columns.of(notices)
            .texts(Untold::id)
            .texts(Untold::body)
            .texts(notice -> notice.fault() == null ? null : notice.fault().name())
            .times(notice -> notice.dueAt())
            .value(partner)
            .tuple());
  }

  /** The notices that are due first, those not yet due included. */
  Future<List<Untold>> untold(Database database, Deadline deadline, int limit) {
    return database
        .query(deadline, UNTOLD, Tuple.of(partner, limit))
        .map(rows -> rows.stream().map(SimulatorStore::untold).toList());
  }

  private static Untold untold(Row row) {
    String fault = row.getString("fault");
    return new Untold(
        row.getString("id"),
        row.getString("body"),
        fault == null ? null : Fault.valueOf(fault),
        row.getOffsetDateTime("due_at").toInstant());
  }

  Future<Void> told(Tx tx, List<String> ids) {
    return tx.execute(TOLD, Columns.of(ids).texts(id -> id).value(partner).tuple()).mapEmpty();
  }

  private void holdUp(Tx tx, List<HeldUp> requests) {
    if (requests.isEmpty()) {
      return;
    }
    tx.execute(
        HOLD_UP,
        Columns.of(requests)
            .texts(HeldUp::key)
            .texts(HeldUp::body)
            .times(request -> request.dueAt())
            .value(partner)
            .tuple());
  }

  /** The requests that are due first, those not yet due included. */
  Future<List<HeldUp>> heldUp(Database database, Deadline deadline, int limit) {
    return database
        .query(deadline, HELD_UP, Tuple.of(partner, limit))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new HeldUp(
                                row.getString("key"),
                                row.getString("body"),
                                row.getOffsetDateTime("due_at").toInstant()))
                    .toList());
  }

  /** Which of the keys are held up. */
  Future<List<String>> amongHeldUp(Tx tx, List<String> keys) {
    if (keys.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return tx.execute(AMONG_HELD_UP, Columns.of(keys).texts(key -> key).value(partner).tuple())
        .map(rows -> rows.stream().map(row -> row.getString("key")).toList());
  }

  private void arrived(Tx tx, List<String> keys) {
    if (!keys.isEmpty()) {
      tx.execute(ARRIVED, Columns.of(keys).texts(key -> key).value(partner).tuple());
    }
  }
}
