package dev.holdfast.supervision;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Backoff;
import dev.holdfast.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The gates before a restart. */
class RestartTest {
  private final SettableClock clock = new SettableClock();
  private final Stage stage = new Stage(clock);

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  @Test
  void one_crash_too_many_in_the_window_parks_the_child_until_it_is_unparked() throws Exception {
    stage.play(stage.alone("a"), stage.alone("b"));
    for (int life = 1; life <= 6; life++) {
      stage.awaitWell("a", life);
      stage.crash("a");
    }
    stage.awaitPhase("a", Phase.PARKED);

    assertEquals(6, stage.script("a").lives.size());
    assertTrue(stage.state("a").detail().startsWith("6 of 5 crashes in 60 s"));
    assertEquals(Incident.Outcome.PARKED, stage.incidents("a").getLast().outcome());
    assertTrue(stage.state("b").isWell());
    assertThrows(
        IllegalStateException.class,
        () -> stage.supervisor.restart("a", "please").await(5, SECONDS));

    stage.supervisor.unpark("a").await(5, SECONDS);
    stage.awaitWell("a", 7);
    stage.crash("a");
    stage.awaitWell("a", 8);
  }

  @Test
  void those_behind_a_parked_child_wait_for_it() throws Exception {
    stage.play(
        new GroupSpec(
            "row",
            Strategy.REST_FOR_ONE,
            new Intensity(1, Duration.ofSeconds(60)),
            List.of(stage.child("a"), stage.child("b"))));
    stage.awaitWell("a", 1);
    stage.crash("a");
    stage.awaitWell("a", 2);
    stage.awaitWell("b", 2);
    stage.crash("a");
    stage.awaitPhase("a", Phase.PARKED);
    stage.awaitPhase("b", Phase.WAITING);

    assertEquals("behind a", stage.state("b").detail());

    stage.supervisor.unpark("a").await(5, SECONDS);
    stage.awaitWell("b", 3);
  }

  @Test
  void twenty_crashes_thirteen_seconds_apart_wait_a_tenth_of_a_second_at_most() throws Exception {
    stage.settings = SupervisionSettings.shipped("test", true);
    stage.play(stage.alone("a"));
    List<Long> millis = new ArrayList<>();
    for (int life = 1; life <= 20; life++) {
      stage.awaitWell("a", life);
      clock.advance(Duration.ofSeconds(13));
      long crashed = System.nanoTime();
      stage.crash("a");
      stage.awaitWell("a", life + 1);
      millis.add((System.nanoTime() - crashed) / 1_000_000);
    }

    Collections.sort(millis);
    assertTrue(millis.get(10) <= 1_000, "from crash to proof, in ms: " + millis);
    assertEquals(20, stage.incidents("a").size());
    for (Incident incident : stage.incidents("a")) {
      assertEquals(Incident.Outcome.RECOVERED, incident.outcome());
      assertTrue(backoffMs(incident) <= 100, incident.choice().rule());
    }
  }

  @Test
  void the_same_crashes_nine_seconds_apart_park_the_child() throws Exception {
    stage.settings = SupervisionSettings.shipped("test", true);
    stage.play(stage.alone("a"));
    for (int life = 1; life <= 7 && stage.state("a").phase() != Phase.PARKED; life++) {
      stage.awaitWell("a", life);
      clock.advance(Duration.ofSeconds(9));
      stage.crash("a");
      if (life == 6) {
        stage.awaitPhase("a", Phase.PARKED);
      }
    }

    assertEquals(6, stage.script("a").lives.size());
  }

  @Test
  void the_budget_of_all_children_holds_a_storm_back() throws Exception {
    SupervisionSettings quick = Stage.quick();
    stage.settings =
        new SupervisionSettings(
            "test",
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)),
            quick.provenFor(),
            2,
            quick.beat(),
            quick.missedBeats(),
            quick.warmUp(),
            quick.loopProbe(),
            quick.outageRetry(),
            quick.healthCheck(),
            quick.progressWithin(),
            true);
    stage.play(stage.alone("a"), stage.alone("b"), stage.alone("c"), stage.alone("d"));
    for (String child : List.of("a", "b", "c", "d")) {
      stage.awaitWell(child, 1);
      stage.crash(child);
    }
    await().until(() -> held() == 2 && stage.supervisor.state().restarts() == 2);

    clock.advance(Duration.ofSeconds(1));
    await().until(() -> stage.supervisor.state().isWell());

    assertEquals(4, stage.supervisor.state().restarts());
  }

  private long held() {
    return stage.supervisor.state().children().stream()
        .filter(child -> child.phase() == Phase.BACKING_OFF)
        .filter(child -> child.detail().equals("restart budget is spent"))
        .count();
  }

  @Test
  void a_failed_start_is_tried_again() throws Exception {
    stage.script("a").starts.addAll(List.of(Script.Start.FAILS, Script.Start.THROWS));
    stage.play(stage.alone("a"));
    stage.awaitWell("a", 3);

    assertEquals(Map.of(Signal.START_FAILED, 2L), stage.state("a").restarts());
    assertEquals(
        List.of(Incident.Outcome.RELAPSED, Incident.Outcome.RECOVERED),
        stage.incidents("a").stream().map(Incident::outcome).toList());
  }

  @Tag("E-094")
  @Test
  void a_start_that_meets_an_outage_waits_and_is_nobodys_crash() throws Exception {
    for (int attempt = 0; attempt < 8; attempt++) {
      stage.script("a").starts.add(Script.Start.MEETS_AN_OUTAGE);
    }
    stage.play(stage.alone("a"));
    stage.awaitWell("a", 9);

    assertEquals(0, stage.state("a").restartCount());
    assertEquals(List.of(), stage.incidents("a"));
    assertEquals(8, stage.supervisor.state().outages());
  }

  private static long backoffMs(Incident incident) {
    String rule = incident.choice().rule();
    String before = ", backoff ";
    return Long.parseLong(
        rule.substring(rule.indexOf(before) + before.length(), rule.lastIndexOf(" ms")));
  }
}
