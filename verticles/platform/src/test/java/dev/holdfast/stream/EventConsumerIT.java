package dev.holdfast.stream;

import static dev.holdfast.stream.RelayStage.await;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.deadletter.DeadLetter;
import dev.holdfast.deadletter.DeadLetterStore;
import dev.holdfast.deadletter.ParkedLetter;
import dev.holdfast.embedded.KafkaProcess;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.testing.KafkaExtension;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, KafkaExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventConsumerIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private RelayStage stage;
  private ConsumerStage kafka;
  private String topic;
  private ConsumerSettings settings;
  private final List<EventConsumer> consumers = new ArrayList<>();
  private final List<Received> handled = new CopyOnWriteArrayList<>();

  @BeforeAll
  void open(TestDatabase database, KafkaProcess broker) {
    stage = new RelayStage(database);
    kafka = new ConsumerStage(stage, broker.bootstrapServers());
  }

  @BeforeEach
  void fresh() throws Exception {
    topic = KafkaExtension.uniqueName("heard");
    settings = ConsumerSettings.of(KafkaExtension.uniqueName("hearer"), Set.of(topic));
    kafka.make(topic, Topic.PARTITIONS);
    handled.clear();
    stage.reset("a", 1);
  }

  @AfterEach
  void stopConsumers() throws Exception {
    for (EventConsumer consumer : consumers) {
      await(consumer.stop());
    }
    consumers.clear();
  }

  @AfterAll
  void close() throws Exception {
    kafka.close();
    stage.close();
  }

  private EventConsumer start(String node, Function<Received, Future<Void>> handler)
      throws Exception {
    EventConsumer consumer = kafka.consumer(settings, node, handler);
    await(consumer.start());
    consumers.add(consumer);
    return consumer;
  }

  private Future<Void> note(Received event) {
    handled.add(event);
    return Future.succeededFuture();
  }

  private List<Long> versions(String aggregate) {
    return handled.stream()
        .filter(event -> event.aggregate().equals(aggregate))
        .map(Received::version)
        .toList();
  }

  @Test
  void events_of_one_aggregate_are_handled_in_order_and_everything_is_committed() throws Exception {
    for (int aggregate = 0; aggregate < 10; aggregate++) {
      kafka.send(topic, "order-" + aggregate, 1, 20);
    }
    start("a", this::note);
    await().atMost(LIMIT).until(() -> handled.size() == 200);
    for (int aggregate = 0; aggregate < 10; aggregate++) {
      assertEquals(LongStream.rangeClosed(1, 20).boxed().toList(), versions("order-" + aggregate));
    }
    await().atMost(LIMIT).until(() -> kafka.committed(settings) == 200);
  }

  @Test
  void a_new_consumer_goes_on_where_the_last_one_stopped() throws Exception {
    kafka.send(topic, "order-1", 1, 5);
    EventConsumer first = start("a", this::note);
    await().atMost(LIMIT).until(() -> handled.size() == 5);
    await(first.stop());
    assertEquals(5, kafka.committed(settings), "the last commit is made at the stop");

    kafka.send(topic, "order-1", 6, 7);
    start("a", this::note);
    await().atMost(LIMIT).until(() -> handled.size() >= 7);
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L), versions("order-1"));
  }

  @Test
  void nothing_is_committed_beyond_an_event_that_is_not_finished() throws Exception {
    Promise<Void> gate = Promise.promise();
    Function<Received, Future<Void>> slowFirst =
        event -> {
          Future<Void> noted = note(event);
          return event.aggregate().equals("order-slow") ? gate.future() : noted;
        };
    // One partition's worth of others behind the slow one, whichever partition that is.
    kafka.send(topic, "order-slow", 1, 1);
    for (int aggregate = 0; aggregate < 60; aggregate++) {
      kafka.send(topic, "order-" + aggregate, 1, 1);
    }
    start("a", slowFirst);
    await().atMost(LIMIT).until(() -> handled.size() == 61);
    int slow =
        handled.stream()
            .filter(event -> event.aggregate().equals("order-slow"))
            .findFirst()
            .orElseThrow()
            .partition();
    long others = handled.stream().filter(event -> event.partition() != slow).count();
    assertTrue(others < 60, "some events must lie behind the slow one");

    await().atMost(LIMIT).until(() -> kafka.committed(settings) == others);
    await()
        .during(Duration.ofMillis(1_500))
        .atMost(LIMIT)
        .until(() -> kafka.committed(settings) == others);
    gate.complete();
    await().atMost(LIMIT).until(() -> kafka.committed(settings) == 61);
  }

  @Test
  void a_record_that_is_no_event_is_parked_and_its_partition_flows_on() throws Exception {
    ProducerRecord<byte[], byte[]> garbage =
        new ProducerRecord<>(
            topic, "order-1".getBytes(StandardCharsets.UTF_8), new byte[] {(byte) 0xff, 0, 1});
    kafka.send(garbage);
    kafka.send(topic, "order-1", 1, 2);
    EventConsumer consumer = start("a", this::note);
    await().atMost(LIMIT).until(() -> handled.size() == 2);
    await().atMost(LIMIT).until(() -> kafka.committed(settings) == 3);

    ParkedLetter parked = onlyLetter();
    assertEquals(DeadLetter.Kind.EVENT, parked.letter().kind());
    assertEquals(settings.agent(), parked.letter().agent());
    assertTrue(parked.letter().cause().summary().startsWith("unreadable"));
    assertEquals(1, consumer.figures().parked());
    assertThrows(Unreadable.class, () -> await(consumer.replay(parked.letter())));
  }

  @Test
  void an_event_that_breaks_its_handler_is_tried_three_times_and_parked() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    AtomicBoolean broken = new AtomicBoolean(true);
    Function<Received, Future<Void>> handler =
        event -> {
          if (event.version() == 2 && broken.get()) {
            attempts.incrementAndGet();
            throw new IllegalStateException("broken for " + event.aggregate());
          }
          return note(event);
        };
    kafka.send(topic, "order-1", 1, 3);
    EventConsumer consumer = start("a", handler);
    await().atMost(LIMIT).until(() -> kafka.committed(settings) == 3);
    assertEquals(List.of(1L, 3L), versions("order-1"));
    assertEquals(3, attempts.get());
    DeadLetter letter = onlyLetter().letter();
    assertEquals(3, letter.attempts());
    assertEquals("order.Changed", letter.type());

    broken.set(false);
    await(consumer.replay(letter));
    assertEquals(List.of(1L, 3L, 2L), versions("order-1"));
  }

  @Test
  void an_event_whose_handler_lacks_something_waits_and_is_never_parked() throws Exception {
    AtomicInteger refusals = new AtomicInteger();
    AtomicBoolean away = new AtomicBoolean(true);
    Function<Received, Future<Void>> handler =
        event -> {
          if (event.aggregate().equals("order-1") && away.get()) {
            refusals.incrementAndGet();
            return Future.failedFuture(new Unavailable("pg_away", "the database"));
          }
          return note(event);
        };
    kafka.send(topic, "order-1", 1, 3);
    kafka.send(topic, "order-2", 1, 3);
    start("a", handler);
    await().atMost(LIMIT).until(() -> refusals.get() > 5 && versions("order-2").size() == 3);
    assertEquals(List.of(), versions("order-1"));
    assertTrue(kafka.committed(settings) <= 3);

    away.set(false);
    await().atMost(LIMIT).until(() -> kafka.committed(settings) == 6);
    assertEquals(List.of(1L, 2L, 3L), versions("order-1"));
    assertEquals(0, stage.tables.number("SELECT count(*) FROM holdfast.dead_letter"));
  }

  @Test
  void an_event_whose_command_was_parked_by_the_lane_is_finished() throws Exception {
    kafka.send(topic, "order-1", 1, 2);
    start("a", event -> Future.failedFuture(new Parked("behind another")));
    await().atMost(LIMIT).until(() -> kafka.committed(settings) == 2);
    assertEquals(0, stage.tables.number("SELECT count(*) FROM holdfast.dead_letter"));
  }

  @Test
  void work_that_stands_still_pauses_the_partitions_and_keeps_the_member() throws Exception {
    settings = new ConsumerSettings(settings.agent(), Set.of(topic), 4, 10, 3);
    Promise<Void> gate = Promise.promise();
    for (int aggregate = 0; aggregate < 600; aggregate++) {
      kafka.send(topic, "order-" + aggregate, 1, 2);
    }
    AtomicInteger begun = new AtomicInteger();
    EventConsumer consumer =
        start(
            "a",
            event -> {
              begun.incrementAndGet();
              return gate.future().compose(open -> note(event));
            });
    await().atMost(LIMIT).until(() -> begun.get() == 4);
    await()
        .during(Duration.ofSeconds(2))
        .atMost(LIMIT)
        .until(() -> begun.get() == 4 && consumer.figures().silentMs() < 1_000);
    gate.complete();
    await().atMost(LIMIT).until(() -> kafka.committed(settings) == 1_200);
    assertEquals(1_200, handled.size());
    await().atMost(LIMIT).until(() -> consumer.figures().lag() == 0);
    assertEquals(0, consumer.figures().restarts());
  }

  @Test
  void two_members_share_the_partitions_and_one_takes_over_when_the_other_goes() throws Exception {
    EventConsumer first = start("a", this::note);
    await().atMost(LIMIT).until(() -> first.figures().partitions() == 3);
    EventConsumer second = start("b", this::note);
    await()
        .atMost(LIMIT)
        .until(
            () ->
                first.figures().partitions() + second.figures().partitions() == 3
                    && second.figures().partitions() > 0);
    for (int aggregate = 0; aggregate < 30; aggregate++) {
      kafka.send(topic, "order-" + aggregate, 1, 2);
    }
    await().atMost(LIMIT).until(() -> kafka.committed(settings) == 60);
    assertTrue(second.figures().handled() > 0);

    await(first.stop());
    for (int aggregate = 0; aggregate < 30; aggregate++) {
      kafka.send(topic, "order-" + aggregate, 3, 4);
    }
    await().atMost(LIMIT).until(() -> kafka.committed(settings) == 120);
    assertEquals(3, second.figures().partitions());
    for (int aggregate = 0; aggregate < 30; aggregate++) {
      assertEquals(
          List.of(1L, 2L, 3L, 4L), versions("order-" + aggregate).stream().distinct().toList());
    }
  }

  @Test
  void a_topic_that_is_made_later_is_heard() throws Exception {
    String later = KafkaExtension.uniqueName("later");
    settings = ConsumerSettings.of(settings.agent(), Set.of(later));
    start("a", this::note);
    kafka.make(later, 1);
    kafka.send(later, "order-1", 1, 1);
    await().atMost(LIMIT).until(() -> handled.size() == 1);
  }

  private ParkedLetter onlyLetter() throws Exception {
    List<ParkedLetter> letters =
        await(
            new DeadLetterStore(stage.database)
                .page(
                    new DeadLetterStore.Filter(settings.agent(), null, null, null, true),
                    0,
                    10,
                    stage.deadline()));
    assertEquals(1, letters.size());
    return letters.getFirst();
  }
}
