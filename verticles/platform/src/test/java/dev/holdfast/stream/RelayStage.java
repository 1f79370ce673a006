package dev.holdfast.stream;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.postgres.PostgresSettings;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.MigratedDatabase;
import dev.holdfast.testing.Reports;
import dev.holdfast.testing.TestDatabase;
import dev.holdfast.trace.Traces;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** A database with an outbox, and relays on it. */
final class RelayStage {
  final Clock clock = Clock.system();
  final Vertx vertx = Vertx.vertx();
  final TestDatabase tables;
  final Database database;
  private final PostgresLogin login;

  RelayStage(TestDatabase tables) {
    this.tables = tables;
    this.login = MigratedDatabase.prepare(tables, "db/holdfast");
    this.database = pool();
  }

  /** One more pool, which may be taken away from its owner. */
  Database pool() {
    return Database.open(
        vertx,
        PostgresSettings.of("test", login).withConnectionTimeout(Duration.ofSeconds(15)),
        clock);
  }

  /** Empties the tables and gives the node a lease of ten minutes under the fence. */
  void reset(String node, long fence) {
    tables.execute(
        "TRUNCATE holdfast.outbox, holdfast.outbox_told, holdfast.dead_letter, holdfast.node");
    tables.execute(
        "UPDATE holdfast.outbox_position"
            + " SET node = '', fence = 0, told = 0, forgotten = 0, told_to = 0,"
            + " gap_first = '{}', gap_last = '{}'");
    lease(node, fence, "10 minutes");
  }

  void lease(String node, long fence, String lasts) {
    tables.execute(
        """
        INSERT INTO holdfast.node VALUES ('%s', %d, clock_timestamp() + interval '%s', now())
        ON CONFLICT (node_id) DO UPDATE
          SET fence = excluded.fence, lease_until = excluded.lease_until
        """
            .formatted(node, fence, lasts));
  }

  OutboxOwnership ownership(String node, long fence) {
    return ownership(database, node, fence);
  }

  private OutboxOwnership ownership(Database pool, String node, long fence) {
    return new OutboxOwnership(pool, () -> Optional.of(new OutboxOwner(node, fence)), clock);
  }

  OutboxRelay relay(Database pool, String brokers, String node, long fence, String topic) {
    KafkaSettings kafka = KafkaSettings.plain(brokers, node);
    return new OutboxRelay(
        vertx,
        pool,
        kafka,
        ownership(pool, node, fence),
        new Topics(vertx, kafka, List.of(Topic.named(topic))),
        new Meters().outbox(),
        clock,
        Reports.of(clock),
        Traces.OFF);
  }

  /** Commits the events of one aggregate with the versions from … to, in one transaction. */
  List<Unsent> commit(String topic, String aggregate, long from, long to) throws Exception {
    List<OutboxRow> rows =
        LongStream.rangeClosed(from, to)
            .mapToObj(version -> row(topic, aggregate, version))
            .toList();
    return await(database.inTransaction(deadline(), tx -> Outbox.append(tx, rows)));
  }

  static OutboxRow row(String topic, String aggregate, long version) {
    return new OutboxRow(
        1,
        topic,
        aggregate,
        version,
        eventId(aggregate, version),
        "order.Changed",
        Instant.parse("2026-11-03T10:00:00Z"),
        DerivedId.of("cause", aggregate, version),
        "{\"aggregate\":\"" + aggregate + "\",\"version\":" + version + "}");
  }

  static UUID eventId(String aggregate, long version) {
    return DerivedId.of("event", aggregate, version);
  }

  long unsent() {
    return tables.number("SELECT count(*) FROM holdfast.outbox_unsent");
  }

  Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(20), clock);
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.await(30, TimeUnit.SECONDS);
  }

  void close() throws Exception {
    await(database.close());
    await(vertx.close());
  }
}
