package dev.holdfast.alert;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.alert.Delivery.State;
import dev.holdfast.alert.Receiver.Mood;
import dev.holdfast.guard.GuardSettings;
import dev.holdfast.guard.Guards;
import dev.holdfast.kernel.Backoff;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Secret;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.postgres.PostgresSettings;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.FaultProxy;
import dev.holdfast.testing.MigratedDatabase;
import dev.holdfast.testing.PlatformSchema;
import dev.holdfast.testing.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Alerts with their database and a receiver over HTTP. */
class AlertsIT {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Secret SECRET = Secret.of("a secret of 16 bytes and more");

  private final Clock clock = Clock.system();
  private final Vertx vertx = Vertx.vertx();

  /** The database has a loop of its own, as in a process. */
  private final Vertx elsewhere = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

  private final Meters meters = new Meters();
  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private Database database;
  private Receiver receiver;
  private Guards guards;
  private String life;

  @BeforeEach
  void begin() throws Exception {
    PlatformSchema.recreate(POSTGRES.database());
    database = MigratedDatabase.open(elsewhere, POSTGRES.database(), "db/holdfast");
    receiver = new Receiver(vertx);
    guards = new Guards(vertx, clock, meters);
  }

  @AfterEach
  void end() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
    elsewhere.close().await(10, TimeUnit.SECONDS);
  }

  private List<Observation> seen() {
    List<Observation> all = new ArrayList<>();
    open.forEach(guard -> all.add(Observation.of("Open", guard, 1, guard + " is open")));
    return all;
  }

  private Alerts alerts() throws Exception {
    Map<String, Condition> conditions =
        Map.of(
            "Open",
            new Condition("Open", true, Severity.ERROR, 0, Duration.ZERO, Duration.ofMillis(100)));
    AlertPolicy policy =
        new AlertPolicy(
            Duration.ofMillis(50),
            conditions,
            new StormPolicy(100, Duration.ofSeconds(60)),
            new DeliveryPolicy(
                Duration.ofMillis(300),
                new Backoff(Duration.ofMillis(50), Duration.ofMillis(100)),
                Duration.ofHours(1),
                4,
                100));
    // The breaker of its own has tests of its own; here it must not hide what delivery does.
    GuardSettings patient =
        GuardSettings.EXTERNAL
            .counting(failure -> true)
            .with(GuardSettings.EXTERNAL.breaker().tripping(trip -> trip.failures(10_000)));
    AlertHandler webhook =
        new HttpHandler(
            "webhook",
            Severity.WARNING,
            Secret.of(receiver.address()),
            new WebhookFormat(SECRET),
            new ReceiverGateway(vertx),
            guards.named("alert-webhook", patient),
            Duration.ofMillis(300),
            clock);
    Alerts alerts =
        new Alerts(
            policy,
            List.of(new Threads(told), webhook),
            this::seen,
            database,
            meters.alerts(),
            "n1",
            clock);
    life = vertx.deployVerticle(alerts).await(10, TimeUnit.SECONDS);
    return alerts;
  }

  /** Remembers on which threads it is told. */
  private record Threads(Set<String> told) implements AlertHandler {
    @Override
    public String name() {
      return "log";
    }

    @Override
    public Severity atLeast() {
      return Severity.INFO;
    }

    @Override
    public Future<Answer> tell(Delivery delivery) {
      told.add(Thread.currentThread().getName());
      return Future.succeededFuture(Answer.taken("written"));
    }
  }

  private static long rows(String what) {
    return POSTGRES.database().number("SELECT count(*) FROM holdfast." + what);
  }

  private Deadline soon() {
    return Deadline.in(Duration.ofSeconds(10), clock);
  }

  @ParameterizedTest
  @EnumSource(
      value = Mood.class,
      names = {"BROKEN", "BUSY", "SILENT"})
  @Tag("E-180")
  void a_receiver_that_does_not_take_alerts_hears_of_all_later_in_order(Mood mood)
      throws Exception {
    Alerts alerts = alerts();
    receiver.be(mood);
    open.addAll(List.of("a", "b"));
    await().atMost(LIMIT).until(() -> receiver.heard().size() >= 3);
    open.remove("a");
    await().atMost(LIMIT).until(() -> alerts.active().size() == 1);
    assertEquals(List.of(), receiver.taken());

    receiver.be(Mood.WELL);
    await().atMost(LIMIT).until(() -> receiver.taken().size() == 3);
    assertTrue(
        receiver.taken().indexOf("alert.firing a") < receiver.taken().indexOf("alert.resolved a"),
        receiver.taken().toString());
    assertTrue(receiver.taken().contains("alert.firing b"));
    // Every attempt at one delivery is under one id.
    long ids = receiver.heard().stream().map(Receiver.Heard::id).distinct().count();
    assertEquals(3, ids);
    await()
        .atMost(LIMIT)
        .until(() -> rows("alert_delivery WHERE state = 'DELIVERED' AND handler = 'webhook'") == 3);
    List<Delivery> log = alerts.deliveries(10, soon()).await(10, TimeUnit.SECONDS);
    assertEquals(6, log.size());
    assertTrue(
        log.stream()
            .filter(one -> one.handler().equals("webhook"))
            .anyMatch(one -> one.attempts() > 1),
        log.toString());
  }

  @Test
  void a_receiver_that_asks_for_patience_is_left_alone_for_that_long() throws Exception {
    alerts();
    receiver.be(Mood.BUSY);
    open.add("a");
    await().atMost(LIMIT).until(() -> receiver.heard().size() == 1);
    receiver.be(Mood.WELL);
    open.addAll(List.of("b", "c"));
    await().atMost(LIMIT).until(() -> receiver.taken().size() == 3);
    long rest = receiver.heard().get(1).nanos() - receiver.heard().get(0).nanos();
    assertTrue(rest > Duration.ofMillis(900).toNanos(), "after " + rest / 1_000_000 + " ms");
  }

  @Test
  void what_a_receiver_will_never_take_is_not_told_again() throws Exception {
    Alerts alerts = alerts();
    receiver.be(Mood.FUSSY);
    open.add("a");
    await().atMost(LIMIT).until(() -> rows("alert_delivery WHERE state = 'REFUSED'") == 1);
    Delivery refused =
        alerts.deliveries(10, soon()).await(10, TimeUnit.SECONDS).stream()
            .filter(one -> one.state() == State.REFUSED)
            .findFirst()
            .orElseThrow();
    assertEquals("400 invalid_payload", refused.answer());
    assertEquals(1, refused.attempts());
    receiver.be(Mood.WELL);
    open.remove("a");
    await().atMost(LIMIT).until(() -> receiver.taken().equals(List.of("alert.resolved a")));
  }

  @Test
  void it_is_told_while_the_database_takes_nothing_and_written_when_it_does() throws Exception {
    Alerts alerts = alerts();
    POSTGRES.database().execute("ALTER TABLE holdfast.alert RENAME TO elsewhere");
    open.add("a");
    await().atMost(LIMIT).until(() -> receiver.taken().equals(List.of("alert.firing a")));
    open.remove("a");
    await().atMost(LIMIT).until(() -> receiver.taken().size() == 2);
    assertEquals(List.of(), alerts.active());
    assertEquals(0, rows("alert_delivery"));

    POSTGRES.database().execute("ALTER TABLE holdfast.elsewhere RENAME TO alert");
    await().atMost(LIMIT).until(() -> rows("alert WHERE ended_by = 'automatic'") == 1);
    await().atMost(LIMIT).until(() -> rows("alert_delivery WHERE state = 'DELIVERED'") == 4);
    assertEquals(2, receiver.taken().size());
  }

  @Test
  void a_database_that_says_nothing_delays_what_is_told_by_a_few_seconds_however_long_it_lasts()
      throws Exception {
    PostgresLogin direct = MigratedDatabase.prepare(POSTGRES.database(), "db/holdfast");
    try (FaultProxy proxy = FaultProxy.to(direct.host(), direct.port())) {
      PostgresLogin through =
          new PostgresLogin(
              "127.0.0.1", proxy.port(), direct.database(), direct.user(), direct.password());
      database = Database.open(elsewhere, PostgresSettings.of("silent", through), clock);
      alerts();
      open.add("a");
      await().atMost(LIMIT).until(() -> receiver.taken().size() == 1);
      proxy.silence();
      // Dozens of looks want to write meanwhile.
      open.add("b");
      await().atMost(LIMIT).until(() -> receiver.taken().contains("alert.firing b"));
      open.add("c");
      await()
          .atMost(Duration.ofSeconds(6))
          .until(() -> receiver.taken().contains("alert.firing c"));
      proxy.pass();
    }
  }

  @Test
  void a_blocked_loop_of_the_database_delays_nothing_for_long_and_all_is_told_on_one_context()
      throws Exception {
    alerts();
    open.add("a");
    await().atMost(LIMIT).until(() -> receiver.taken().size() == 1);
    CountDownLatch released = new CountDownLatch(1);
    elsewhere.runOnContext(
        turn -> {
          try {
            assertTrue(released.await(30, TimeUnit.SECONDS));
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
    open.add("b");
    await().atMost(Duration.ofSeconds(8)).until(() -> receiver.taken().size() == 2);
    released.countDown();
    await().atMost(LIMIT).until(() -> rows("alert_delivery WHERE state = 'DELIVERED'") == 4);
    assertEquals(1, told.size(), told.toString());
  }

  @Test
  void the_next_life_tells_what_waits_and_resolves_what_is_over() throws Exception {
    alerts();
    receiver.be(Mood.BROKEN);
    open.addAll(List.of("a", "b"));
    await().atMost(LIMIT).until(() -> receiver.heard().size() >= 4);
    vertx.undeploy(life).await(10, TimeUnit.SECONDS);
    assertEquals(2, rows("alert_delivery WHERE state = 'WAITING'"));
    int before = receiver.heard().size();

    open.remove("a");
    receiver.be(Mood.WELL);
    Alerts next = alerts();
    await().atMost(LIMIT).until(() -> receiver.taken().size() == 3);
    assertEquals(
        List.of("alert.firing a", "alert.firing b", "alert.resolved a"),
        receiver.taken().stream().sorted().toList());
    assertEquals(List.of("b"), next.active().stream().map(Alert::subject).toList());
    // The same deliveries, under their ids.
    Set<String> earlier = ConcurrentHashMap.newKeySet();
    receiver.heard().subList(0, before).forEach(one -> earlier.add(one.id()));
    assertEquals(2, earlier.size());
    assertTrue(
        receiver.heard().stream()
            .filter(one -> one.mood() == Mood.WELL)
            .filter(one -> one.body().getString("type").equals("alert.firing"))
            .allMatch(one -> earlier.contains(one.id())));
  }

  @Test
  @Tag("E-179")
  void the_last_thousand_that_ended_are_kept_with_what_was_told_of_them() throws Exception {
    POSTGRES
        .database()
        .execute(
            """
            INSERT INTO holdfast.alert
            SELECT gen_random_uuid(), 'f' || n, 'n1', 'Open', 'a', 'ERROR', 'open', 1, 1,
                   now() - n * interval '1 minute', now(), true, NULL, NULL,
                   now() - n * interval '1 minute', 'automatic', '', 2
            FROM generate_series(1, 1500) AS n
            """);
    POSTGRES
        .database()
        .execute(
            """
            INSERT INTO holdfast.alert_delivery (
              delivery_id, alert_id, node, handler, what, state, attempts, due, answer)
            SELECT gen_random_uuid(), alert_id, 'n1', 'log', '{}', 'DELIVERED', 1, now(), ''
            FROM holdfast.alert
            """);
    AlertStore store = new AlertStore(database, "n1", clock);
    store.forgetBeyond(Alerts.HISTORY_MAX, soon()).await(10, TimeUnit.SECONDS);
    assertEquals(1_000, rows("alert"));
    assertEquals(1_000, rows("alert_delivery"));
    List<Alert> history = store.history(3, soon()).await(10, TimeUnit.SECONDS);
    assertEquals(List.of("f1", "f2", "f3"), history.stream().map(Alert::fingerprint).toList());
  }

  @Test
  void a_person_acknowledges_and_ends_it_and_the_receiver_hears_of_both() throws Exception {
    Alerts alerts = alerts();
    open.add("a");
    await().atMost(LIMIT).until(() -> alerts.active().size() == 1);
    Alert alert = alerts.active().getFirst();
    alerts.acknowledge(alert.id(), "ada").await(10, TimeUnit.SECONDS);
    assertEquals("ada", alerts.active().getFirst().acknowledged().orElseThrow().by());
    open.remove("a");
    Alert ended =
        alerts.resolve(alert.id(), "ada", "mended").await(10, TimeUnit.SECONDS).orElseThrow();
    assertEquals("mended", ended.ended().orElseThrow().note());
    await()
        .atMost(LIMIT)
        .until(
            () ->
                receiver
                    .taken()
                    .equals(List.of("alert.firing a", "alert.acknowledged a", "alert.resolved a")));
    List<Alert> history = alerts.history(10, soon()).await(10, TimeUnit.SECONDS);
    assertEquals(List.of(ended), history);
  }

  @Test
  @Tag("E-183")
  void a_test_tells_every_receiver_and_says_what_each_answered() throws Exception {
    Alerts alerts = alerts();
    Map<String, Answer> well = alerts.test("ada").await(10, TimeUnit.SECONDS);
    assertEquals("written", well.get("log").text());
    assertEquals("200 ok", well.get("webhook").text());
    assertEquals(List.of("alert.firing platform", "alert.resolved platform"), receiver.taken());
    receiver.be(Mood.SILENT);
    Answer silent = alerts.test("ada").await(10, TimeUnit.SECONDS).get("webhook");
    assertEquals(Answer.Verdict.LATER, silent.verdict());
    assertTrue(silent.text().startsWith("deadline_passed"), silent.text());
    assertEquals(0, rows("alert"));
  }

  @Test
  void alerts_and_their_deliveries_are_meters() throws Exception {
    alerts();
    open.add("a");
    await()
        .atMost(LIMIT)
        .until(
            () ->
                meters
                    .text()
                    .contains(
                        "holdfast_alert_deliveries_total{handler=\"webhook\",state=\"delivered\"}"
                            + " 1.0"));
    assertTrue(meters.text().contains("holdfast_alerts_active{severity=\"error\"} 1.0"));
    assertTrue(meters.text().contains("holdfast_alerts_total{condition=\"Open\"} 1.0"));
  }
}
