package dev.holdfast.stream;

import static dev.holdfast.stream.RelayStage.await;
import static dev.holdfast.stream.RelayStage.eventId;
import static dev.holdfast.stream.RelayStage.row;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.holdfast.deadletter.DeadLetterStore;
import dev.holdfast.deadletter.DeadLetters;
import dev.holdfast.deadletter.LetterServices;
import dev.holdfast.deadletter.ParkedLetter.Closing;
import dev.holdfast.embedded.KafkaProcess;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.postgres.Database;
import dev.holdfast.stream.OutboxOwnership.Owned;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.KafkaExtension;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

@ExtendWith({PostgresExtension.class, KafkaExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutboxRelayIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private RelayStage stage;
  private String brokers;
  private String topic;
  private TopicReader reader;
  private final List<OutboxRelay> relays = new ArrayList<>();

  @BeforeAll
  void open(TestDatabase database, KafkaProcess broker) {
    stage = new RelayStage(database);
    brokers = broker.bootstrapServers();
  }

  @BeforeEach
  void fresh() {
    topic = KafkaExtension.uniqueName("relay");
    reader = new TopicReader(brokers, topic, Topic.PARTITIONS);
    stage.reset("a", 1);
  }

  @AfterEach
  void stopRelays() throws Exception {
    for (OutboxRelay relay : relays) {
      await(relay.stop());
    }
    relays.clear();
    reader.close();
  }

  @AfterAll
  void close() throws Exception {
    stage.close();
  }

  private OutboxRelay start(Database pool, String node, long fence) throws Exception {
    OutboxRelay relay = stage.relay(pool, brokers, node, fence, topic);
    await(relay.start());
    relays.add(relay);
    return relay;
  }

  @Test
  void committed_events_are_told_in_the_order_of_their_aggregate() throws Exception {
    OutboxRelay relay = start(stage.database, "a", 1);
    for (int version = 1; version <= 40; version += 2) {
      for (int aggregate = 0; aggregate < 20; aggregate++) {
        stage.commit(topic, "order-" + aggregate, version, version + 1);
      }
      relay.nudge();
    }

    List<Received> told = reader.read(800, LIMIT);
    assertEquals(800, Set.copyOf(TopicReader.ids(told)).size());
    for (int aggregate = 0; aggregate < 20; aggregate++) {
      assertEquals(
          LongStream.rangeClosed(1, 40).boxed().toList(),
          TopicReader.firstAppearances(told, "order-" + aggregate));
    }
    await().atMost(LIMIT).until(() -> stage.unsent() == 0);
    assertEquals(Map.of(topic, 800L), relay.figures().published());
    assertTrue(relay.figures().tells());
  }

  @Test
  void an_event_carries_everything_that_its_row_says() throws Exception {
    stage.commit(topic, "order-7", 1, 1);
    start(stage.database, "a", 1);
    Received event = reader.read(1, LIMIT).getFirst();
    OutboxRow row = row(topic, "order-7", 1);
    assertEquals(
        new Received(
            topic,
            event.partition(),
            0,
            row.merchant(),
            row.aggregate(),
            row.version(),
            row.eventId(),
            row.type(),
            row.occurredAt(),
            row.causedBy(),
            row.body()),
        event);
  }

  @Test
  void nothing_is_told_before_it_is_committed_and_a_late_commit_is_not_skipped() throws Exception {
    start(stage.database, "a", 1);
    try (Connection slow = stage.tables.connect();
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute(insert("order-slow", 1));
      stage.commit(topic, "order-quick", 1, 5);
      assertEquals(5, reader.read(5, LIMIT).size());
      await().atMost(LIMIT).until(() -> stage.unsent() == 0);
      slow.commit();
    }
    List<Received> told = reader.read(6, LIMIT);
    assertEquals("order-slow", told.getLast().aggregate());
    assertTrue(
        lowest("order-slow") < lowest("order-quick"), "the late one is the first in sequence");
  }

  private long lowest(String aggregate) {
    await().atMost(LIMIT).until(() -> stage.unsent() == 0);
    return stage.tables.number(
        "SELECT min(seq) FROM holdfast.outbox WHERE aggregate = '" + aggregate + "'");
  }

  private String insert(String aggregate, long version) {
    return """
    INSERT INTO holdfast.outbox (merchant_id, topic, aggregate, version, event_id, type,
                                 occurred_at, caused_by, body)
    VALUES (1, '%s', '%s', %d, '%s', 'order.Changed', now(), '%s', '{}')
    """
        .formatted(
            topic, aggregate, version, eventId(aggregate, version), eventId(aggregate, version));
  }

  @Test
  void a_relay_that_dies_before_it_keeps_how_far_it_told_leaves_its_events_to_be_told_again()
      throws Exception {
    stage.commit(topic, "order-1", 1, 3);
    own("a", 1);
    Database doomed = stage.pool();
    try (Connection lock = stage.tables.connect();
        Statement statement = lock.createStatement()) {
      lock.setAutoCommit(false);
      statement.execute("SET idle_in_transaction_session_timeout = 0");
      holdPosition(statement);
      OutboxRelay first = stage.relay(doomed, brokers, "a", 1, topic);
      await(first.start());
      assertEquals(3, reader.read(3, LIMIT).size());
      await(doomed.close());
      await(first.stop());
      // A server does not hear of a client that goes while it waits for a lock.
      statement.execute(
          """
          SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'
          """);
      lock.rollback();
    }
    assertEquals(3, stage.unsent());

    stage.lease("a", 2, "10 minutes");
    start(stage.database, "a", 2);
    List<Received> told = reader.read(6, LIMIT);
    List<java.util.UUID> ids =
        List.of(eventId("order-1", 1), eventId("order-1", 2), eventId("order-1", 3));
    assertEquals(ids, TopicReader.ids(told.subList(0, 3)));
    assertEquals(ids, TopicReader.ids(told.subList(3, 6)));
    await().atMost(LIMIT).until(() -> stage.unsent() == 0);
  }

  @Test
  void a_position_that_could_not_be_kept_is_kept_later_and_nothing_is_told_twice()
      throws Exception {
    stage.commit(topic, "order-1", 1, 3);
    own("a", 1);
    OutboxRelay relay;
    try (Connection lock = stage.tables.connect();
        Statement statement = lock.createStatement()) {
      lock.setAutoCommit(false);
      statement.execute("SET idle_in_transaction_session_timeout = 0");
      holdPosition(statement);
      relay = start(stage.database, "a", 1);
      assertEquals(3, reader.read(3, LIMIT).size());
      await().atMost(LIMIT).until(() -> relay.figures().failedInARow() > 0);
      lock.rollback();
    }
    await().atMost(LIMIT).until(() -> stage.unsent() == 0);
    stage.commit(topic, "order-1", 4, 4);
    assertEquals(4, reader.read(4, LIMIT).size());
    await().atMost(LIMIT).until(() -> stage.unsent() == 0);
    assertEquals(4, relay.figures().publishedInAll());
  }

  private static void holdPosition(Statement statement) throws Exception {
    statement.execute("SELECT FROM holdfast.outbox_position FOR UPDATE");
  }

  /** The outbox is this node's afterwards. */
  private OutboxOwnership own(String node, long fence) throws Exception {
    OutboxOwnership ownership = stage.ownership(node, fence);
    assertTrue(await(ownership.current()).isPresent());
    return ownership;
  }

  private boolean isTaken(String node, long fence) throws Exception {
    return await(stage.ownership(node, fence).current()).isPresent();
  }

  @Test
  void a_node_that_was_replaced_keeps_nothing() throws Exception {
    stage.commit(topic, "order-1", 1, 2);
    OutboxOwnership former = own("a", 1);
    Owned owned = await(former.current()).orElseThrow();
    long last = stage.tables.number("SELECT max(seq) FROM holdfast.outbox");
    OutboxPosition all = new OutboxPosition(2, last, List.of());

    stage.lease("a", 2, "10 minutes");
    OutboxOwnership latter = own("a", 2);
    await(former.keep(new Owned(owned.owner(), all), stage.deadline()));
    assertFalse(former.lastKnown());
    assertEquals(2, stage.unsent());
    await(latter.keep(new Owned(new OutboxOwner("a", 2), all), stage.deadline()));
    assertTrue(latter.lastKnown());
    assertEquals(0, stage.unsent());
  }

  @Test
  void the_outbox_is_taken_from_a_node_whose_lease_ran_out_and_from_no_other() throws Exception {
    stage.lease("b", 5, "10 minutes");
    assertTrue(isTaken("a", 1));
    assertFalse(isTaken("b", 5));

    stage.lease("a", 1, "-1 second");
    assertTrue(isTaken("b", 5));
    assertFalse(isTaken("a", 1));
  }

  @Test
  void a_node_without_a_lease_tells_nothing() throws Exception {
    stage.lease("a", 1, "-1 second");
    assertFalse(isTaken("a", 1));
    OutboxOwnership homeless =
        new OutboxOwnership(stage.database, java.util.Optional::empty, stage.clock);
    assertFalse(await(homeless.current()).isPresent());
  }

  @Test
  void what_rolls_back_leaves_no_gap_and_what_runs_on_does() throws Exception {
    OutboxRelay relay = start(stage.database, "a", 1);
    try (Connection slow = stage.tables.connect();
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute(insert("order-gone", 1));
      stage.commit(topic, "order-1", 1, 2);
      reader.read(2, LIMIT);
      await().atMost(LIMIT).until(() -> stage.unsent() == 0);
      assertEquals(1, gaps());
      slow.rollback();
    }
    await().atMost(LIMIT).until(() -> gaps() == 0);
    assertEquals(2, relay.figures().publishedInAll());
  }

  @Test
  void a_database_that_is_put_back_under_a_living_relay_is_told_from_where_it_stands()
      throws Exception {
    OutboxRelay relay = start(stage.database, "a", 1);
    stage.commit(topic, "order-1", 1, 10);
    reader.read(10, LIMIT);
    await().atMost(LIMIT).until(() -> stage.unsent() == 0);

    stage.tables.execute("DELETE FROM holdfast.outbox WHERE version > 4");
    stage.tables.execute(
        """
        UPDATE holdfast.outbox_position
        SET told = 4, told_to = (SELECT max(seq) FROM holdfast.outbox)
        """);
    stage.tables.execute(
        "SELECT setval('holdfast.outbox_next', (SELECT max(seq) FROM holdfast.outbox))");
    relay.committed(stage.commit(topic, "order-2", 1, 3));
    List<Received> told = reader.read(13, LIMIT);
    assertEquals(List.of(1L, 2L, 3L), TopicReader.firstAppearances(told, "order-2"));
    await().atMost(LIMIT).until(() -> stage.unsent() == 0);
    assertEquals(7, counted());
  }

  private long counted() {
    return stage.tables.number("SELECT told - forgotten FROM holdfast.outbox_position");
  }

  private long gaps() {
    return stage.tables.number("SELECT cardinality(gap_first) FROM holdfast.outbox_position");
  }

  @Test
  void of_transactions_that_overlap_every_committed_event_is_told_once_and_none_of_the_others()
      throws Exception {
    OutboxRelay relay = start(stage.database, "a", 1);
    int writers = 8;
    int each = 60;
    together(writers, writer -> write(writer, each, relay));
    await().atMost(LIMIT).until(() -> stage.unsent() == 0 && gaps() == 0);
    assertEquals(stage.tables.number("SELECT count(*) FROM holdfast.outbox"), counted());
    int committed = writers * each * 2 / 3 * 2;
    assertEquals(committed, stage.tables.number("SELECT count(*) FROM holdfast.outbox"));
    assertEquals(committed, relay.figures().publishedInAll());
    List<Received> told = reader.read(committed, LIMIT);
    assertEquals(committed, Set.copyOf(TopicReader.ids(told)).size());
  }

  /** What is handed over here lies in no table, so it can't have been read there. */
  @Test
  void what_this_process_has_committed_is_told_without_being_read_back() throws Exception {
    OutboxRelay relay = start(stage.database, "a", 1);
    stage.commit(topic, "order-1", 1, 1);
    reader.read(1, LIMIT);
    await().atMost(LIMIT).until(() -> stage.unsent() == 0);
    long last = stage.tables.number("SELECT max(seq) FROM holdfast.outbox");
    relay.committed(
        LongStream.rangeClosed(2, 4)
            .mapToObj(version -> new Unsent(last + version - 1, row(topic, "order-1", version)))
            .toList());
    List<Received> told = reader.read(4, LIMIT);
    assertEquals(List.of(1L, 2L, 3L, 4L), TopicReader.firstAppearances(told, "order-1"));
    assertEquals(4, relay.figures().publishedInAll());
  }

  @Test
  void whoever_hands_over_what_and_when_each_event_is_told_once_and_in_order() throws Exception {
    OutboxRelay relay = start(stage.database, "a", 1);
    int aggregates = 8;
    int versions = 60;
    together(aggregates, aggregate -> commitAndHandOver("order-" + aggregate, versions, relay));
    List<Received> told = reader.read(aggregates * versions, LIMIT);
    await().atMost(LIMIT).until(() -> stage.unsent() == 0 && gaps() == 0);
    assertEquals((long) aggregates * versions, relay.figures().publishedInAll());
    for (int aggregate = 0; aggregate < aggregates; aggregate++) {
      assertEquals(
          LongStream.rangeClosed(1, versions).boxed().toList(),
          TopicReader.firstAppearances(told, "order-" + aggregate));
    }
  }

  private interface Work {
    void of(int worker) throws Exception;
  }

  /** Each on a thread of its own. */
  private static void together(int workers, Work work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      List<Callable<Void>> calls = new ArrayList<>();
      for (int worker = 0; worker < workers; worker++) {
        int own = worker;
        calls.add(
            () -> {
              work.of(own);
              return null;
            });
      }
      for (var done : threads.invokeAll(calls, LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        done.get();
      }
    }
  }

  /** Two of three at once, one of three late or never, as answers get lost and loops lag. */
  private void commitAndHandOver(String aggregate, int versions, OutboxRelay relay)
      throws Exception {
    Random random = new Random(aggregate.hashCode());
    List<Unsent> late = new ArrayList<>();
    for (int version = 1; version <= versions; version++) {
      List<Unsent> events = stage.commit(topic, aggregate, version, version);
      if (random.nextInt(3) > 0) {
        relay.committed(events);
      } else if (random.nextBoolean()) {
        late.addAll(events);
      }
      if (late.size() > 3) {
        relay.committed(List.copyOf(late));
        late.clear();
      }
    }
    relay.nudge();
  }

  /** Two events a transaction, and each third one rolls back. */
  private void write(int writer, int transactions, OutboxRelay relay) throws Exception {
    try (Connection connection = stage.tables.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (int number = 0; number < transactions; number++) {
        statement.execute(insert("order-" + writer + "-" + number, 1));
        statement.execute("SELECT pg_sleep(random() * 0.02)");
        statement.execute(insert("order-" + writer + "-" + number, 2));
        if (number % 3 == 2) {
          connection.rollback();
        } else {
          connection.commit();
        }
        relay.nudge();
      }
    }
  }

  @Test
  void a_round_is_bounded_by_bytes_and_the_first_row_always_comes() throws Exception {
    OutboxStore store = new OutboxStore(stage.database);
    stage.commit(topic, "order-1", 1, 10);
    int bytes = row(topic, "order-1", 1).body().length();
    assertEquals(1, found(store, 10, 1));
    assertEquals(3, found(store, 10, 2L * bytes + 1));
    assertEquals(4, found(store, 4, 1_000_000));
  }

  private int found(OutboxStore store, int rowsMax, long bytesMax) throws Exception {
    OutboxPosition start = new OutboxPosition(0, 0, List.of());
    return await(store.read(start, rowsMax, bytesMax, stage.deadline())).rows().size();
  }

  @Test
  void an_event_that_the_broker_will_never_take_parks_its_aggregate_alone() throws Exception {
    OutboxRelay relay = start(stage.database, "a", 1);
    stage.commit(topic, "order-fine", 1, 1);
    reader.read(1, LIMIT);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      limitMessages(admin, 2_000);
      // Says for ten seconds, thousands of times, that it splits a batch and sends it again.
      ((Logger) LoggerFactory.getLogger("org.apache.kafka.clients.producer.internals.Sender"))
          .setLevel(Level.ERROR);
      appendLarge("order-large", 1);
      stage.commit(topic, "order-large", 2, 2);
      stage.commit(topic, "order-fine", 2, 2);
      List<Received> told = reader.read(2, LIMIT);
      assertEquals(List.of(1L, 2L), TopicReader.firstAppearances(told, "order-fine"));
      DeadLetterStore letters = new DeadLetterStore(stage.database);
      await()
          .atMost(LIMIT)
          .until(
              () ->
                  await(letters.openKeys(OutboxRelay.DEAD_LETTERS, stage.deadline()))
                      .equals(List.of("order-large")));
      assertEquals(2, stage.unsent());

      limitMessages(admin, 1_000_000);
      assertEquals(
          Outcome.done(Closing.REPLAYED),
          await(letterBox(relay).replay(onlyLetter(), "ann", stage.deadline())));
      List<Received> all = reader.read(4, LIMIT);
      assertEquals(List.of(1L, 2L), TopicReader.firstAppearances(all, "order-large"));
    }
  }

  @Test
  void a_discarded_event_of_the_outbox_is_never_told_and_those_behind_it_are() throws Exception {
    OutboxRelay relay = start(stage.database, "a", 1);
    stage.commit(topic, "order-fine", 1, 1);
    reader.read(1, LIMIT);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      limitMessages(admin, 2_000);
      appendLarge("order-large", 1);
      await().atMost(LIMIT).until(() -> letters() == 1);
      stage.commit(topic, "order-large", 2, 2);
      assertEquals(
          Outcome.done(Closing.DISCARDED),
          await(letterBox(relay).discard(onlyLetter(), "too large", "ann", stage.deadline())));
      List<Received> all = reader.read(2, LIMIT);
      assertEquals(List.of(2L), TopicReader.firstAppearances(all, "order-large"));
      await().atMost(LIMIT).until(() -> stage.unsent() == 0);
    }
  }

  private long letters() {
    return stage.tables.number("SELECT count(*) FROM holdfast.dead_letter WHERE closed_at IS NULL");
  }

  private long onlyLetter() {
    assertEquals(1, letters());
    return stage.tables.number("SELECT max(id) FROM holdfast.dead_letter");
  }

  /** No command is among these letters, so nobody has to replay one. */
  private DeadLetters letterBox(OutboxRelay relay) {
    return new DeadLetters(
        new LetterServices(
            stage.vertx,
            stage.database,
            new EventLetters(null, relay, List::of),
            new Meters(),
            stage.clock,
            "a"));
  }

  private void limitMessages(Admin admin, int bytes) throws Exception {
    var resource =
        new org.apache.kafka.common.config.ConfigResource(
            org.apache.kafka.common.config.ConfigResource.Type.TOPIC, topic);
    var entry =
        new org.apache.kafka.clients.admin.AlterConfigOp(
            new org.apache.kafka.clients.admin.ConfigEntry(
                "max.message.bytes", String.valueOf(bytes)),
            org.apache.kafka.clients.admin.AlterConfigOp.OpType.SET);
    admin.incrementalAlterConfigs(Map.of(resource, List.of(entry))).all().get(20, TimeUnit.SECONDS);
  }

  private void appendLarge(String aggregate, long version) throws Exception {
    OutboxRow small = row(topic, aggregate, version);
    OutboxRow large =
        new OutboxRow(
            1,
            topic,
            aggregate,
            version,
            small.eventId(),
            small.type(),
            small.occurredAt(),
            small.causedBy(),
            "\"" + "x".repeat(5_000) + "\"");
    await(stage.database.inTransaction(stage.deadline(), tx -> Outbox.append(tx, List.of(large))));
  }

  @Test
  void told_rows_are_forgotten_a_week_later_and_unsent_ones_never() throws Exception {
    OutboxStore store = new OutboxStore(stage.database);
    stage.commit(topic, "order-1", 1, 6);
    stage.tables.execute("UPDATE holdfast.outbox SET slot = (slot + 1) % 10");
    assertFalse(await(store.forget(stage.deadline())), "unsent");

    start(stage.database, "a", 1);
    await().atMost(LIMIT).until(() -> stage.unsent() == 0);
    stage.tables.execute("TRUNCATE holdfast.outbox_told");
    assertFalse(await(store.forget(stage.deadline())), "told today");
    stage.tables.execute("UPDATE holdfast.outbox_told SET day = day - 7");
    assertFalse(await(store.forget(stage.deadline())), "told seven days ago");
    stage.tables.execute("UPDATE holdfast.outbox_told SET day = day - 1 WHERE day < current_date");
    stage.commit(topic, "order-1", 7, 8);
    assertTrue(await(store.forget(stage.deadline())));
    assertEquals(2, stage.tables.number("SELECT count(*) FROM holdfast.outbox"));
    await().atMost(LIMIT).until(() -> stage.unsent() == 0);
    assertEquals(2, counted());
    assertFalse(await(store.forget(stage.deadline())), "nothing left");
  }

  @Test
  void ten_thousand_events_are_told_at_two_thousand_a_second_or_more() throws Exception {
    List<OutboxRow> rows =
        IntStream.range(0, 10_000).mapToObj(at -> row(topic, "order-" + at % 500, at)).toList();
    for (int from = 0; from < rows.size(); from += 1_000) {
      List<OutboxRow> part = rows.subList(from, from + 1_000);
      await(stage.database.inTransaction(stage.deadline(), tx -> Outbox.append(tx, part)));
    }
    Backlog before = await(new OutboxStore(stage.database).backlog(stage.deadline()));
    assertEquals(10_000, before.unsent());

    OutboxRelay relay = start(stage.database, "a", 1);
    await().atMost(LIMIT).until(() -> relay.figures().publishedInAll() > 0);
    long begin = System.nanoTime();
    long first = relay.figures().publishedInAll();
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(LIMIT)
        .until(() -> relay.figures().publishedInAll() == 10_000);
    double seconds = (System.nanoTime() - begin) / 1e9;
    double rate = (10_000 - first) / seconds;
    System.out.printf("relay: %.0f events/s%n", rate);
    assertTrue(rate >= 2_000 || seconds < 0.1, rate + " events/s");
    assertEquals(10_000, Set.copyOf(TopicReader.ids(reader.read(10_000, LIMIT))).size());
  }
}
