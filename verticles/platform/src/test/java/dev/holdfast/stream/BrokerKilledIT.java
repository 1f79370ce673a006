package dev.holdfast.stream;

import static dev.holdfast.stream.RelayStage.await;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.embedded.FrozenServer;
import dev.holdfast.embedded.KafkaOptions;
import dev.holdfast.embedded.KafkaProcess;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerKilledIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String TOPIC = "orders";
  private static final int AGGREGATES = 12;

  /** A second each for the send, and waits of 0.4, 0.8, 1.6 and 3 at most between them. */
  private static final double FOUR_ROUNDS_SECONDS = 15;

  @TempDir Path folder;

  private RelayStage stage;
  private KafkaProcess broker;
  private ConsumerStage hearers;

  @BeforeEach
  void open(TestDatabase database) {
    stage = new RelayStage(database);
    stage.reset("a", 1);
  }

  @AfterEach
  void close() throws Exception {
    if (hearers != null) {
      hearers.close();
    }
    if (broker != null) {
      broker.close();
    }
    stage.close();
  }

  @Tag("E-087")
  @Tag("E-174")
  @Test
  void a_broker_that_is_killed_twice_loses_nothing_and_changes_no_order() throws Exception {
    broker = start(0);
    int port = broker.port();
    String brokers = broker.bootstrapServers();
    OutboxRelay relay = stage.relay(stage.database, brokers, "a", 1, TOPIC);
    await(relay.start());
    List<Received> handled = new CopyOnWriteArrayList<>();
    ConsumerSettings settings = ConsumerSettings.of("hearer", Set.of(TOPIC));
    hearers = new ConsumerStage(stage, brokers);
    EventConsumer consumer =
        hearers.consumer(
            settings,
            "a",
            event -> {
              handled.add(event);
              return Future.succeededFuture();
            });
    await(consumer.start());

    long version = 0;
    for (int kill = 0; kill < 2; kill++) {
      version = commitRounds(relay, version, 10);
      await().atMost(LIMIT).until(() -> !handled.isEmpty());
      FrozenServer.kill(broker);
      version = commitRounds(relay, version, 10);
      await().atMost(LIMIT).until(() -> relay.figures().failedInARow() >= 2);
      broker = start(port);
    }
    version = commitRounds(relay, version, 10);
    long last = version;

    await().atMost(LIMIT).until(() -> stage.unsent() == 0);
    await().atMost(LIMIT).until(() -> distinct(handled) == last * AGGREGATES);
    try (TopicReader reader = new TopicReader(brokers, TOPIC, Topic.PARTITIONS)) {
      List<Received> told = reader.read((int) (last * AGGREGATES), LIMIT);
      for (int aggregate = 0; aggregate < AGGREGATES; aggregate++) {
        assertEquals(
            LongStream.rangeClosed(1, last).boxed().toList(),
            TopicReader.firstAppearances(told, "order-" + aggregate));
      }
    }
    await(relay.stop());
    await(consumer.stop());
  }

  private long commitRounds(OutboxRelay relay, long from, int rounds) throws Exception {
    long version = from;
    for (int round = 0; round < rounds; round++) {
      version++;
      for (int aggregate = 0; aggregate < AGGREGATES; aggregate++) {
        stage.commit(TOPIC, "order-" + aggregate, version, version);
      }
      relay.nudge();
    }
    return version;
  }

  private static long distinct(List<Received> events) {
    return Set.copyOf(TopicReader.ids(events)).size();
  }

  @Tag("E-055")
  @Tag("E-094")
  @Test
  void a_broker_that_is_away_delays_no_start_and_makes_no_hot_loop() throws Exception {
    broker = start(0);
    int port = broker.port();
    String brokers = broker.bootstrapServers();
    broker.close();
    stage.commit(TOPIC, "order-1", 1, 3);

    hearers = new ConsumerStage(stage, brokers);
    long begin = System.nanoTime();
    OutboxRelay relay = stage.relay(stage.database, brokers, "a", 1, TOPIC);
    await(relay.start());
    List<Received> handled = new CopyOnWriteArrayList<>();
    EventConsumer consumer =
        hearers.consumer(
            ConsumerSettings.of("hearer", Set.of(TOPIC)),
            "a",
            event -> {
              handled.add(event);
              return Future.succeededFuture();
            });
    await(consumer.start());
    assertTrue(System.nanoTime() - begin < 2_000_000_000L);

    await().atMost(LIMIT).until(() -> relay.figures().failedInARow() >= 4);
    double seconds = (System.nanoTime() - begin) / 1e9;
    assertTrue(relay.figures().failures() <= 2 + seconds, "at most a round a second");
    assertTrue(seconds <= FOUR_ROUNDS_SECONDS, "four rounds took " + seconds + " s");
    assertEquals(0, relay.figures().publishedInAll());

    broker = start(port);
    await().atMost(LIMIT).until(() -> handled.size() == 3);
    await().atMost(LIMIT).until(() -> stage.unsent() == 0);
    await(relay.stop());
    await(consumer.stop());
  }

  @Test
  void a_relay_stops_in_time_while_the_broker_is_frozen() throws Exception {
    broker = start(0);
    OutboxRelay relay = stage.relay(stage.database, broker.bootstrapServers(), "a", 1, TOPIC);
    await(relay.start());
    stage.commit(TOPIC, "order-1", 1, 1);
    await().atMost(LIMIT).until(() -> stage.unsent() == 0);
    FrozenServer frozen = FrozenServer.of(broker);
    try (frozen) {
      stage.commit(TOPIC, "order-1", 2, 2);
      relay.nudge();
      long begin = System.nanoTime();
      await(relay.stop());
      assertTrue(System.nanoTime() - begin < 8_000_000_000L, "stopped within 8 s");
    }
    assertEquals(1, stage.unsent());
  }

  private KafkaProcess start(int port) {
    return KafkaProcess.start(
        folder.resolve("kafka"), new KafkaOptions(port, 0, 256, Duration.ofMinutes(2)));
  }
}
