package dev.holdfast.supervision;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Unavailable;
import dev.holdfast.recovery.FailoverRung;
import dev.holdfast.recovery.Ladder;
import dev.holdfast.recovery.RecoveryPolicy;
import dev.holdfast.recovery.Rung;
import dev.holdfast.recovery.RungName;
import dev.holdfast.recovery.RungPolicy;
import dev.holdfast.testing.SettableClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The ladder: which rung a fall takes, and what it does. */
class LadderTest {
  private final SettableClock clock = new SettableClock();
  private final Stage stage = new Stage(clock);

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  private record ScriptedRung(RungName name, List<String> diary, Future<String> end)
      implements Rung {
    @Override
    public Optional<String> refusal(String child) {
      return Optional.empty();
    }

    @Override
    public Future<String> act(String child) {
      diary.add(name.label() + " " + child);
      return end;
    }
  }

  private Rung rung(RungName name) {
    return new ScriptedRung(name, stage.diary, Future.succeededFuture("did it"));
  }

  private static RecoveryPolicy policy(Duration act, Duration proof) {
    Map<RungName, RungPolicy> rungs = new EnumMap<>(RungName.class);
    RecoveryPolicy.shipped()
        .rungs()
        .forEach((name, its) -> rungs.put(name, new RungPolicy(its.fromFalls(), act, proof)));
    return new RecoveryPolicy(rungs);
  }

  private static RecoveryPolicy quick() {
    return policy(Duration.ofMillis(100), Duration.ofMillis(300));
  }

  private List<RungName> taken() {
    return stage.incidents("a").stream().map(incident -> incident.choice().rung()).toList();
  }

  @Tag("E-072")
  @Tag("E-078")
  @Tag("E-079")
  @Test
  void each_crash_climbs_to_the_next_rung_until_the_child_is_parked_and_people_are_told()
      throws Exception {
    stage.ladder =
        new Ladder(
            RecoveryPolicy.shipped(),
            List.of(
                rung(RungName.FRESH_RESOURCES),
                rung(RungName.ROLLBACK),
                rung(RungName.QUARANTINE),
                new FailoverRung(4)));
    stage.play(stage.alone("a"));
    List<Thread> loops = new ArrayList<>();
    for (int life = 1; life <= 6; life++) {
      stage.awaitWell("a", life);
      loops.add(stage.loopOf("a", life));
      stage.crash("a");
    }
    stage.awaitPhase("a", Phase.PARKED);

    assertEquals(Arrays.asList(RungName.values()), taken());
    assertTrue(stage.diary.indexOf("rollback a") < stage.diary.lastIndexOf("start a"));
    assertEquals("restart a; did it", stage.incidents("a").get(2).action());
    assertTrue(stage.incidents("a").get(2).choice().refused().contains("failover: from fall 5 on"));
    assertNotEquals(loops.get(4), loops.get(5), "the failover changed no loop");
    assertEquals(
        List.of("rollback", "quarantine", "failover", "park"),
        stage.notices.stream().map(notice -> notice.topic()).toList());
    assertTrue(stage.incidents("a").getLast().times().notifiedAt().isPresent());
  }

  @Test
  void a_life_that_is_not_proven_in_time_has_fallen_and_the_next_rung_is_taken() throws Exception {
    AtomicBoolean ill = new AtomicBoolean();
    AtomicBoolean refreshed = new AtomicBoolean();
    stage.ladder = new Ladder(quick(), List.of(rung(RungName.FRESH_RESOURCES)));
    stage.playProven(
        "a",
        () -> {
          refreshed.compareAndSet(false, stage.diary.contains("fresh resources a"));
          return ill.get() && !refreshed.get()
              ? Future.failedFuture(new IllegalStateException("ill"))
              : Future.succeededFuture();
        });
    ill.set(true);

    stage.crash("a");
    stage.awaitWell("a", 3);

    assertEquals(List.of(RungName.RESTART, RungName.FRESH_RESOURCES), taken());
    List<Incident> incidents = stage.incidents("a");
    assertEquals(Incident.Outcome.RELAPSED, incidents.getFirst().outcome());
    assertTrue(incidents.getLast().signals().getFirst().startsWith("UNPROVEN: not within 300 ms"));
    assertEquals(incidents.getFirst().times().faultAt(), incidents.getLast().times().brokenSince());
    assertEquals(Map.of(Signal.UNCAUGHT, 1L, Signal.UNPROVEN, 1L), stage.state("a").restarts());
  }

  @Test
  void a_proof_that_meets_an_outage_speaks_against_nobody() throws Exception {
    AtomicBoolean outage = new AtomicBoolean();
    stage.ladder = new Ladder(quick(), List.of());
    stage.playProven(
        "a",
        () ->
            outage.get()
                ? Future.failedFuture(new Unavailable("away", "the database"))
                : Future.succeededFuture());
    outage.set(true);
    stage.crash("a");
    await().until(() -> stage.script("a").lives.size() == 2);
    await().during(Duration.ofSeconds(1)).until(() -> stage.state("a").restartCount() == 1);

    outage.set(false);
    stage.awaitWell("a", 2);

    assertEquals(1, stage.incidents("a").size());
    assertEquals(Incident.Outcome.RECOVERED, stage.incidents("a").getFirst().outcome());
  }

  @Test
  void an_action_that_fails_or_never_ends_holds_up_no_restart() throws Exception {
    stage.ladder =
        new Ladder(
            quick(),
            List.of(
                new ScriptedRung(
                    RungName.FRESH_RESOURCES,
                    stage.diary,
                    Future.failedFuture(new IllegalStateException("scripted"))),
                new ScriptedRung(
                    RungName.ROLLBACK, stage.diary, Promise.<String>promise().future())));
    stage.play(stage.alone("a"));
    for (int life = 1; life <= 3; life++) {
      stage.awaitWell("a", life);
      stage.crash("a");
    }
    stage.awaitWell("a", 4);

    assertTrue(stage.incidents("a").get(1).action().contains("scripted"));
    assertTrue(stage.incidents("a").get(2).action().contains("did not end within 100 ms"));
  }

  @Tag("E-087")
  @Test
  void a_child_that_falls_while_what_it_needs_is_away_waits_for_it() throws Exception {
    stage.playWell("a");
    stage.away = Optional.of("pg_write");

    stage.crash("a");
    stage.awaitPhase("a", Phase.WAITING);
    assertEquals("until it is back: pg_write", stage.state("a").detail());
    assertEquals(1, stage.script("a").lives.size());

    stage.away = Optional.empty();
    stage.awaitWell("a", 2);
  }

  @Tag("E-069")
  @Tag("E-076")
  @Test
  void a_child_that_fails_three_health_checks_is_started_anew() throws Exception {
    AtomicBoolean ill = new AtomicBoolean();
    stage.playProven(
        "a",
        () ->
            ill.get() && stage.script("a").lives.size() == 1
                ? Future.failedFuture(new IllegalStateException("ill"))
                : Future.succeededFuture());

    ill.set(true);
    stage.awaitWell("a", 2);

    assertEquals(Map.of(Signal.UNPROVEN, 1L), stage.state("a").restarts());
  }

  @Tag("E-080")
  @Tag("E-081")
  @Test
  void the_times_to_detect_and_to_recover_come_from_the_incidents() throws Exception {
    stage.playWell("a");
    stage.crash("a");
    stage.awaitWell("a", 2);
    await().until(() -> stage.supervisor.summary().open() == 0);

    IncidentSummary summary = stage.supervisor.summary();

    assertEquals(Map.of(Incident.Outcome.RECOVERED, 1L), summary.ended());
    assertEquals(Map.of(RungName.RESTART, 1L), summary.taken());
    assertEquals(1_000, summary.recoveredPerMille());
    String text = stage.meters.text();
    for (String line :
        List.of(
            "holdfast_supervisor_restarts_total{child=\"a\",reason=\"uncaught_exception\"} 1.0",
            "holdfast_supervisor_rungs_total{child=\"a\",rung=\"restart\"} 1.0",
            "holdfast_supervisor_incidents_total{child=\"a\",outcome=\"recovered\"} 1.0",
            "holdfast_supervisor_recovery_seconds_count{child=\"a\"} 1",
            "holdfast_supervisor_child_up{child=\"a\"} 1.0")) {
      assertTrue(text.contains(line), line + " is not in " + text);
    }
  }

  @Test
  void one_for_all_moves_the_whole_group() throws Exception {
    stage.play(stage.group(Strategy.ONE_FOR_ALL, "a", "b", "c"));
    stage.awaitWell("c", 1);
    stage.awaitWell("b", 1);
    stage.diary.clear();

    stage.crash("b");
    stage.awaitWell("a", 2);
    stage.awaitWell("c", 2);

    assertEquals(
        List.of("stop c", "stop b", "stop a", "start a", "start b", "start c"), stage.diary);
    assertEquals(Map.of(Signal.SIBLING, 1L), stage.state("a").restarts());
  }
}
