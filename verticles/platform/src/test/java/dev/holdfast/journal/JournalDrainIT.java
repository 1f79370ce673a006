package dev.holdfast.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.CounterAgent;
import dev.holdfast.agent.CounterProtocol.Add;
import dev.holdfast.agent.CounterProtocol.CounterCommand;
import dev.holdfast.agent.CounterProtocol.Script;
import dev.holdfast.bus.Ask;
import dev.holdfast.bus.HttpKey;
import dev.holdfast.bus.MessageTypes;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.embedded.FrozenServer;
import dev.holdfast.journal.IntentStanding.End;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.PlatformNode;
import dev.holdfast.testing.PlatformSchema;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import dev.holdfast.testing.TraceCollector;
import dev.holdfast.testing.TraceCollector.Seen;
import dev.holdfast.trace.Span;
import dev.holdfast.trace.Traces;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Intents on their way through a real lane. */
class JournalDrainIT {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final Clock CLOCK = Clock.system();
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final MessageTypes TYPES = MessageTypes.of(CounterCommand.class);

  private static final DrainSettings FAST =
      new DrainSettings(1_000, 32, Duration.ofSeconds(2), Duration.ofMillis(200));

  @TempDir Path folder;
  private final AtomicBoolean mayBegin = new AtomicBoolean(true);
  private TestDatabase inside;
  private PlatformNode node;
  private Journal journal;

  @BeforeEach
  void start() throws Exception {
    inside = POSTGRES.database();
    PlatformSchema.recreate(inside);
    inside.execute("DROP TABLE IF EXISTS counter");
    inside.execute(CounterAgent.TABLE);
    node = PlatformNode.serving("counter", login(), CounterAgent::new);
    open();
  }

  private PostgresLogin login() {
    return new PostgresLogin(
        inside.host(), inside.port(), inside.name(), inside.user(), inside.password());
  }

  @AfterEach
  void stop() {
    node.close();
    journal.close();
  }

  private void open() throws Exception {
    journal = new Journal(folder, Intents.WIDE, CLOCK, new Meters().journal());
    get(journal.selfTest());
  }

  private String drain() throws Exception {
    JournalDrain drain =
        new JournalDrain(journal, JournalDrainIT::command, node.bus(), CLOCK, mayBegin::get, FAST);
    return get(node.vertx().deployVerticle(drain));
  }

  private static Future<Command<?>> command(Intent intent) {
    return Future.succeededFuture(
        (Command<?>) RecordJson.read(intent.payload(), TYPES.named(intent.type())));
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.await(30, TimeUnit.SECONDS);
  }

  private static CommandId id(String key) {
    return CommandId.ofHttp(1, "add", key, CLOCK.today());
  }

  private static HttpKey key(String key) {
    return new HttpKey(1, "add", key, "print-" + key);
  }

  private IntentStanding accept(String key, Add add) throws Exception {
    return accept(key, "counter.Add", add);
  }

  private IntentStanding accept(String key, String type, Add add) throws Exception {
    return accept(key, type, add, null);
  }

  private IntentStanding accept(String key, String type, Add add, String traceparent)
      throws Exception {
    return get(
        journal.accept(
            new Intent(
                id(key),
                key(key),
                "1/" + add.key(),
                type,
                RecordJson.write(add),
                null,
                new IntentValue(1, "GBP"),
                null,
                CLOCK.now(),
                traceparent)));
  }

  private static Add add(String counter, long amount, Script script) {
    return new Add(counter, "k-" + counter, amount, script);
  }

  private void awaitEmpty() {
    await().atMost(LIMIT).until(() -> journal.health().count() == 0);
  }

  private IntentStanding end(IntentStanding intent) throws Exception {
    return get(journal.find(intent.id().value())).orElseThrow();
  }

  @Test
  void what_was_accepted_is_executed_in_the_trace_of_its_request() throws Exception {
    try (TraceCollector collector = TraceCollector.open();
        Traces traces = collector.traces();
        PlatformNode seen = new PlatformNode(login(), traces)) {
      seen.seat(new CounterAgent(seen.host("counter"), seen.database()));
      Span request = traces.request(null, "POST /counts");
      accept("seen", "counter.Add", add("seen", 1, Script.WELL), request.traceparent());
      request.end();
      get(
          seen.vertx()
              .deployVerticle(
                  new JournalDrain(
                      journal, JournalDrainIT::command, seen.bus(), CLOCK, mayBegin::get, FAST)));
      awaitEmpty();
      await()
          .atMost(LIMIT)
          .until(
              () -> collector.of(request.traceId()).stream().map(Seen::name).toList(),
              names ->
                  names.containsAll(
                      List.of("drain of an intent", "ask counter.Add", "transaction counter")));
    }
  }

  @Test
  void broken_off_again_and_again_it_executes_each_intent_once() throws Exception {
    int intents = 300;
    for (int number = 0; number < intents; number++) {
      accept("key-" + number, add("c" + number, 1, Script.WELL));
    }
    for (int left = 250; left >= 50; left -= 100) {
      String drain = drain();
      int wanted = left;
      await().atMost(LIMIT).until(() -> journal.health().count() <= wanted);
      // What is under way comes to its end in the agent, and the journal does not hear of it.
      journal.close();
      get(node.vertx().undeploy(drain));
      open();
      assertTrue(journal.health().count() > 0, "it was done before it was broken off");
    }
    drain();
    awaitEmpty();
    assertEquals(intents, inside.number("SELECT sum(total) FROM counter"));
    assertEquals(intents, inside.number("SELECT count(*) FROM holdfast.reply"));
  }

  @Test
  void an_intent_whose_command_was_committed_the_day_before_meets_its_reply() throws Exception {
    CommandId today = id("late");
    CommandId then = new CommandId(today.value(), today.issuedOn().minusDays(1));
    Add add = add("c", 5, Script.WELL);
    Deadline deadline = Deadline.in(LIMIT, CLOCK);
    get(node.ask(Ask.first(then, add, deadline).under(key("late"))));
    IntentStanding intent = accept("late", add);
    drain();
    awaitEmpty();
    assertEquals(End.TAKEN, end(intent).end());
    assertEquals(5, inside.number("SELECT total FROM counter"));
    assertEquals(1, inside.number("SELECT count(*) FROM holdfast.reply"));
  }

  @Test
  void intents_of_one_key_are_executed_in_the_order_of_their_acceptance() throws Exception {
    int counters = 20;
    for (int number = 0; number < counters; number++) {
      accept("first-" + number, add("c" + number, 60, Script.WELL));
    }
    for (int number = 0; number < counters; number++) {
      accept("second-" + number, add("c" + number, 59, Script.WELL));
    }
    drain();
    awaitEmpty();
    for (int number = 0; number < counters; number++) {
      IntentStanding first = get(journal.find(id("first-" + number).value())).orElseThrow();
      IntentStanding second = get(journal.find(id("second-" + number).value())).orElseThrow();
      assertEquals(End.TAKEN, first.end());
      assertEquals(End.REFUSED, second.end());
    }
    assertEquals(60L * counters, inside.number("SELECT sum(total) FROM counter"));
  }

  @Test
  void whatever_becomes_of_an_intent_its_end_says_it_and_the_others_go_on() throws Exception {
    IntentStanding refused = accept("refused", add("a", 200, Script.WELL));
    IntentStanding poison = accept("poison", add("b", 1, Script.THROW));
    IntentStanding unknown = accept("unknown", "counter.Nothing", add("c", 1, Script.WELL));
    get(
        node.ask(
            Ask.first(id("reused"), add("d", 1, Script.WELL), Deadline.in(LIMIT, CLOCK))
                .under(new HttpKey(1, "add", "reused", "another print"))));
    IntentStanding reused = accept("reused", add("d", 1, Script.WELL));
    IntentStanding well = accept("well", add("e", 1, Script.WELL));
    drain();
    awaitEmpty();
    assertEquals(End.REFUSED, end(refused).end());
    assertEquals("too_much", end(refused).why().code());
    assertEquals(End.PARKED, end(poison).end());
    assertEquals(1, inside.number("SELECT count(*) FROM holdfast.dead_letter"));
    assertEquals(End.UNREADABLE, end(unknown).end());
    assertEquals(End.REFUSED, end(reused).end());
    assertEquals("idempotency_key_reused", end(reused).why().code());
    assertEquals(End.TAKEN, end(well).end());
    assertEquals(2, inside.number("SELECT sum(total) FROM counter"));
  }

  @Test
  @SuppressWarnings("try") // it thaws when it is closed
  void an_outage_stops_it_and_it_goes_on_afterwards() throws Exception {
    mayBegin.set(false);
    drain();
    int intents = 40;
    for (int number = 0; number < intents; number++) {
      accept("key-" + number, add("c" + number, 1, Script.WELL));
    }
    try (FrozenServer frozen = FrozenServer.of(PostgresExtension.server())) {
      mayBegin.set(true);
      long rest = System.nanoTime() + Duration.ofSeconds(3).toNanos();
      await().atMost(LIMIT).until(() -> System.nanoTime() - rest > 0);
      assertEquals(intents, journal.health().count());
    }
    awaitEmpty();
    assertEquals(intents, inside.number("SELECT sum(total) FROM counter"));
  }
}
