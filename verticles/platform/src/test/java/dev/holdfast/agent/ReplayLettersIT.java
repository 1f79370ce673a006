package dev.holdfast.agent;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.TrailProtocol.TrailCommand;
import dev.holdfast.agent.TrailProtocol.Walk;
import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.bus.Bus;
import dev.holdfast.bus.MessageTypes;
import dev.holdfast.deadletter.DeadLetter;
import dev.holdfast.deadletter.DeadLetterStore;
import dev.holdfast.deadletter.DeadLetters;
import dev.holdfast.deadletter.Fingerprint;
import dev.holdfast.deadletter.LetterEdits;
import dev.holdfast.deadletter.LetterInquiry;
import dev.holdfast.deadletter.LetterReplay;
import dev.holdfast.deadletter.LetterReplay.Status;
import dev.holdfast.deadletter.LetterReplays;
import dev.holdfast.deadletter.LetterSelection;
import dev.holdfast.deadletter.LetterServices;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.CommitPoints;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.postgres.PostgresSettings;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.PlatformSchema;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.Reports;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Letters through a real lane. The long form, {@code -Dholdfast.letters=20000}, also asserts the
 * rate.
 */
class ReplayLettersIT {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final Clock CLOCK = Clock.system();
  private static final int LETTERS = Integer.getInteger("holdfast.letters", 3_000);
  private static final int SHIPPED = 3_000;
  private static final int STEPS = 5;
  private static final int RATE_WANTED = 500;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final String DUPLICATES =
      "SELECT count(*) - count(DISTINCT (aggregate, number)) FROM trail";

  private static final String OUT_OF_ORDER =
      """
      SELECT count(*) FROM (
        SELECT number, lag(number) OVER (PARTITION BY aggregate ORDER BY place) AS before
        FROM trail) AS steps
      WHERE number <= before
      """;

  private TestDatabase inside;
  private Vertx vertx;
  private Database database;
  private Bus bus;
  private TrailAgent agent;
  private LetterServices services;
  private LetterReplays replays;

  @BeforeEach
  void open() {
    inside = POSTGRES.database();
    PlatformSchema.recreate(inside);
    inside.execute("DROP TABLE IF EXISTS trail");
    inside.execute(TrailAgent.TABLE);
    vertx = Vertx.vertx();
    bus = new Bus(vertx, CLOCK);
    database =
        Database.open(
            vertx,
            PostgresSettings.of(
                    "letters",
                    new PostgresLogin(
                        inside.host(),
                        inside.port(),
                        inside.name(),
                        inside.user(),
                        inside.password()))
                .withPool(8, 500)
                .withConnectionTimeout(Duration.ofSeconds(10)),
            CLOCK);
    Meters meters = new Meters();
    AgentHost host =
        new AgentHost(
            "trail",
            LaneSettings.shipped(),
            new HostServices(
                vertx,
                bus,
                CLOCK,
                database,
                new NoRuns(),
                events -> {},
                meters,
                Reports.of(CLOCK),
                CommitPoints.NONE,
                new Hosts()));
    agent = new TrailAgent(host);
    now(vertx.deployVerticle(host));
    now(vertx.deployVerticle(agent));
    CommandReplayer replayer =
        new CommandReplayer(
            bus, MessageTypes.of(TrailCommand.class), database, CLOCK, Map.of("trail", host));
    services = new LetterServices(vertx, database, replayer, meters, CLOCK, "node");
    replays = new LetterReplays(services);
  }

  @AfterEach
  void close() {
    now(database.close());
    now(vertx.close());
  }

  @Tag("E-171")
  @Test
  void thousands_of_letters_are_replayed_once_each_and_in_order_within_their_aggregate() {
    List<DeadLetter> letters = new ArrayList<>();
    for (int i = 0; i < LETTERS; i++) {
      letters.add(letter("order-" + i / STEPS, i % STEPS));
    }
    DeadLetterStore store = new DeadLetterStore(database);
    for (int from = 0; from < LETTERS; from += 1_000) {
      now(store.park(deadline(), letters.subList(from, Math.min(LETTERS, from + 1_000))));
    }
    long begun = System.nanoTime();
    LetterReplay ended = replay(LetterSelection.of("trail").because(BROKEN.hash()));
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        "%d letters of %d aggregates replayed in %.1f s: %.0f a second%n",
        LETTERS, LETTERS / STEPS, seconds, LETTERS / seconds);

    assertEquals(Status.DONE, ended.status());
    assertEquals(LETTERS, ended.counts().replayed());
    assertEquals(LETTERS, inside.number("SELECT count(*) FROM trail"));
    assertEquals(0, inside.number(DUPLICATES));
    assertEquals(0, inside.number(OUT_OF_ORDER));
    assertEquals(0, openLetters());
    assertEquals(LETTERS, inside.number("SELECT count(*) FROM holdfast.reply"));
    assertEquals(
        LETTERS,
        inside.number("SELECT count(*) FROM holdfast.dead_letter_act WHERE act = 'REPLAY'"));
    if (LETTERS > SHIPPED) {
      assertTrue(LETTERS / seconds >= RATE_WANTED, LETTERS / seconds + " a second");
    }
  }

  @Test
  void commands_that_broke_the_agent_are_replayed_by_their_cause_once_it_is_gone() {
    agent.breakDown(true);
    for (int number = 0; number < 4; number++) {
      assertParked(ask("order-1", number));
      assertParked(ask("order-2", number));
    }
    assertEquals(8, openLetters());
    assertEquals(2, inside.number("SELECT count(*) FROM holdfast.dead_letter WHERE attempts = 1"));
    String cause =
        now(new LetterInquiry(services).causes("trail", deadline())).stream()
            .filter(found -> found.fingerprint().summary().contains("IllegalStateException"))
            .findFirst()
            .orElseThrow()
            .fingerprint()
            .hash();

    LetterReplay stopped = replay(LetterSelection.of("trail").because(cause));
    assertEquals(Status.STOPPED, stopped.status());
    assertEquals(8, openLetters());

    agent.breakDown(false);
    LetterReplay done = replay(LetterSelection.of("trail").because(cause));
    assertEquals(8, done.counts().replayed());
    assertEquals(8, inside.number("SELECT count(*) FROM trail"));
    assertEquals(0, inside.number(OUT_OF_ORDER));
    // The keys are free again: a new command is not parked behind letters that are closed.
    await().atMost(LIMIT).until(() -> now(ask("order-1", 4)).outcome() instanceof Outcome.Done);
    assertEquals(0, openLetters());
  }

  @Test
  void a_command_whose_reply_is_there_by_now_is_not_asked_again() {
    Walk walk = new Walk("order-1", 0);
    now(bus.ask(Ask.first(id("order-1", 0), walk, deadline())));
    now(new DeadLetterStore(database).park(deadline(), List.of(letter("order-1", 0))));
    LetterReplay ended = replay(LetterSelection.of("trail").under("order-1"));
    assertEquals(1, ended.counts().answered());
    assertEquals(1, inside.number("SELECT count(*) FROM trail"));
  }

  @Test
  void an_edited_command_takes_effect_as_it_was_edited_under_its_first_id() {
    now(new DeadLetterStore(database).park(deadline(), List.of(letter("order-1", 0))));
    LetterEdits edits = new LetterEdits(services);
    refused("number", edits, "{\"aggregate\":\"order-1\"}");
    refused("steps", edits, "{\"aggregate\":\"order-1\",\"number\":1,\"steps\":2}");
    refused("aggregate", edits, "{\"aggregate\":\"order-2\",\"number\":1}");
    refused("JSON", edits, "{\"aggregate\":");
    assertTrue(
        now(edits.edit(1, "{\"aggregate\":\"order-1\",\"number\":7}", "ann", deadline()))
            instanceof Outcome.Done);
    now(new DeadLetters(services).replay(1, "ann", deadline())).orThrow();
    assertEquals(7, inside.number("SELECT number FROM trail"));
    assertTrue(now(bus.ask(again("order-1", 0))).replayed());
    LetterInquiry.Inspected seen =
        now(new LetterInquiry(services).inspect(1, deadline())).orElseThrow();
    assertTrue(seen.original().orElseThrow().contains("\"number\":0"));
    assertEquals(id("order-1", 0).value().toString(), seen.contents().headers().get("command-id"));
  }

  @Test
  void a_command_whose_letter_was_closed_elsewhere_passes_when_it_comes_again() {
    agent.breakDown(true);
    assertParked(ask("order-1", 0));
    agent.breakDown(false);
    // By another node: nobody tells this one's lane.
    inside.execute("UPDATE holdfast.dead_letter SET closed_at = now(), closed_as = 'REPLAYED'");
    assertThrows(Unavailable.class, () -> now(ask("order-1", 0)));
    assertEquals(0, openLetters());
    await()
        .atMost(LIMIT)
        .ignoreExceptionsInstanceOf(Unavailable.class)
        .until(() -> now(ask("order-1", 0)).outcome() instanceof Outcome.Done);
  }

  private void refused(String field, LetterEdits edits, String payload) {
    Outcome<Long> outcome = now(edits.edit(1, payload, "ann", deadline()));
    String why = assertInstanceOf(Outcome.Rejected.class, outcome).why().message();
    assertTrue(why.contains(field), why);
  }

  private static final Fingerprint BROKEN = Fingerprint.ofText("broken");

  private DeadLetter letter(String aggregate, int number) {
    return new DeadLetter(
        DeadLetter.Kind.COMMAND,
        "trail",
        aggregate,
        id(aggregate, number),
        1,
        "trail.Walk",
        "{\"aggregate\":\"%s\",\"number\":%d}".formatted(aggregate, number),
        "command",
        BROKEN,
        1,
        CLOCK.now());
  }

  private static CommandId id(String aggregate, int number) {
    return new CommandId(DerivedId.of("trail", aggregate, number), CLOCK.today());
  }

  private Future<Answer<TrailProtocol.Walked>> ask(String aggregate, int number) {
    return bus.ask(
        Ask.first(id(aggregate, number), new Walk(aggregate, number), deadline()).asAgain());
  }

  private Ask<TrailProtocol.Walked> again(String aggregate, int number) {
    return Ask.first(id(aggregate, number), new Walk(aggregate, number), deadline()).asAgain();
  }

  private static void assertParked(Future<?> asked) {
    assertThrows(Parked.class, () -> now(asked));
  }

  private LetterReplay replay(LetterSelection selection) {
    return now(
        now(replays.start(selection, LetterReplays.RATE_MAX, "ann", deadline())).orThrow().ended());
  }

  private long openLetters() {
    return inside.number("SELECT count(*) FROM holdfast.dead_letter WHERE closed_at IS NULL");
  }

  private static Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(20), CLOCK);
  }

  private static <T> T now(Future<T> future) {
    try {
      return future.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("nothing came within " + LIMIT, late);
    }
  }
}
