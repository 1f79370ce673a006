package dev.holdfast.launcher.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.alert.Observation;
import dev.holdfast.degradation.Level;
import dev.holdfast.degradation.Load;
import dev.holdfast.degradation.Mode;
import dev.holdfast.degradation.Standing;
import dev.holdfast.guard.GuardSettings;
import dev.holdfast.guard.GuardState;
import dev.holdfast.guard.Guards;
import dev.holdfast.journal.JournalHealth;
import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.supervision.ChildState;
import dev.holdfast.supervision.Phase;
import dev.holdfast.supervision.TreeState;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the process sees of itself, condition by condition. */
class SightTest {
  private static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");

  private final Vertx vertx = Vertx.vertx();
  private final Clock clock = Clock.system();
  private final Guards guards = new Guards(vertx, clock, new Meters());
  private Phase phase = Phase.RUNNING;
  private Level level = Level.FULL;
  private List<Standing.Reason> reasons = List.of();
  private Map<String, Long> letters = Map.of();
  private double oldest;
  private int intents;
  private boolean lease = true;

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private TreeState tree() {
    List<ChildState> children =
        List.of("order", "fraud").stream()
            .map(
                id ->
                    new ChildState(
                        id, id, true, phase, "", NINE, true, 1, Map.of(), Optional.empty()))
            .toList();
    return new TreeState(children, 0, 0, 0, 0, 0, 0, 0);
  }

  private Standing standing() {
    return new Standing(level, NINE, Mode.NORMAL, NINE, reasons, Map.of(), Load.NONE, List.of());
  }

  private static Standing.Reason reason(String capability) {
    return new Standing.Reason(capability, NINE, "silent");
  }

  private List<Observation> seen() {
    Sources sources =
        new Sources(
            this::tree,
            this::standing,
            guards,
            List.of(),
            () -> letters,
            Set.of("order-to-delivery"),
            () -> oldest,
            () -> new JournalHealth(true, "", intents, Map.of(), Duration.ZERO, null),
            10_000,
            () -> lease);
    return new Sight(sources, clock).get();
  }

  /** What is more than the shipped threshold, as {@code condition subject}. */
  private Set<String> holding() {
    var conditions = Settings.shipped().alerts().conditions();
    List<Observation> all = seen();
    all.forEach(one -> assertTrue(conditions.containsKey(one.condition()), one.condition()));
    return all.stream()
        .filter(one -> !one.condition().equals("HighMemoryUsage"))
        .filter(one -> one.value() > conditions.get(one.condition()).threshold())
        .map(one -> one.condition() + " " + one.subject())
        .collect(Collectors.toSet());
  }

  @Test
  @Tag("E-192")
  void nothing_holds_while_all_is_well() {
    guards.named("carriers", GuardSettings.EXTERNAL);
    letters = Map.of("order", 50L);
    oldest = 60;
    intents = 5_000;
    assertEquals(Set.of(), holding());
  }

  @Test
  void agents_that_do_not_run_are_seen() {
    phase = Phase.PARKED;
    assertEquals(
        Set.of("WorkerUnhealthy order", "WorkerUnhealthy fraud", "MultipleWorkersDown platform"),
        holding());
    phase = Phase.ENDED;
    assertEquals(Set.of(), holding());
  }

  @Test
  void an_open_breaker_is_seen_also_while_it_lets_probes_pass() {
    guards.named("carriers", GuardSettings.EXTERNAL);
    for (GuardState.State state : List.of(GuardState.State.OPEN, GuardState.State.HALF_OPEN)) {
      guards.find("carriers").orElseThrow().force(state, Duration.ofMinutes(1), "test");
      assertEquals(Set.of("CircuitBreakerOpen carriers"), holding());
    }
  }

  @Test
  void what_is_away_is_seen_with_the_level() {
    level = Level.DATABASE_FALLBACK;
    reasons = List.of(reason("pg_write"));
    assertEquals(
        Set.of("DatabaseConnectionFailure platform", "PlatformDegraded platform"), holding());
    level = Level.SEVERAL_DOWN;
    reasons = List.of(reason("pg_read"), reason("kafka_in"));
    assertEquals(
        Set.of(
            "DatabaseConnectionFailure platform",
            "KafkaDown platform",
            "PlatformDegraded platform",
            "PlatformReadOnly platform"),
        holding());
  }

  @Test
  void a_stuck_outbox_is_seen_only_while_the_broker_answers() {
    oldest = 61;
    assertEquals(Set.of("OutboxStuck platform"), holding());
    reasons = List.of(reason("kafka_out"));
    assertEquals(Set.of("KafkaDown platform"), holding());
  }

  @Test
  void letters_and_runs_that_need_a_person_are_told_apart() {
    letters = Map.of("order", 51L, "fraud", 201L, "order-to-delivery", 1L);
    assertEquals(
        Set.of(
            "DeadLetterQueueGrowing order",
            "DeadLetterQueueGrowing fraud",
            "DeadLetterQueueCritical fraud",
            "RunsNeedHuman order-to-delivery"),
        holding());
  }

  @Test
  void a_filling_journal_and_a_lost_lease_are_seen() {
    intents = 5_001;
    lease = false;
    assertEquals(Set.of("JournalFilling platform", "LeaseLost platform"), holding());
  }

  @Test
  @Tag("E-182")
  void few_commands_say_nothing_about_failures() {
    assertEquals(0, FailurePart.percent(0, FailurePart.COMMANDS_MIN - 1));
    assertEquals(10, FailurePart.percent(90, 10));
  }
}
