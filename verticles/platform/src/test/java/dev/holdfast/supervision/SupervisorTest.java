package dev.holdfast.supervision;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Unavailable;
import dev.holdfast.testing.SettableClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Crashes, strategies and orders; the gates are in {@link RestartTest}, hangs in {@link HangTest}.
 */
class SupervisorTest {
  private final SettableClock clock = new SettableClock();
  private final Stage stage = new Stage(clock);

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  @Tag("E-101")
  @Test
  void children_start_in_order_and_stop_in_reverse() throws Exception {
    stage.play(stage.alone("a"), stage.group(Strategy.REST_FOR_ONE, "b", "c"));

    assertEquals(List.of("start a", "start b", "start c"), stage.diary);

    stage.diary.clear();
    stage.stop();

    assertEquals(List.of("stop c", "stop b", "stop a"), stage.diary);
    assertEquals(Phase.STOPPED, stage.state("a").phase());
  }

  @Tag("E-071")
  @Test
  void a_crash_starts_a_new_instance_and_the_incident_ends_with_its_proof() throws Exception {
    stage.playWell("a");

    stage.crash("a");
    stage.awaitWell("a", 2);

    assertEquals(2, stage.ask("a"));
    assertEquals(Map.of(Signal.UNCAUGHT, 1L), stage.state("a").restarts());
    assertEquals(Signal.UNCAUGHT, stage.state("a").lastExit().orElseThrow().signal());
    Incident incident = stage.incidents("a").getFirst();
    assertEquals(Incident.Outcome.RECOVERED, incident.outcome());
    assertEquals("restart a", incident.action());
    assertTrue(incident.signals().getFirst().contains("crash of a was asked for"));
    assertTrue(incident.times().actedAt().isPresent() && incident.times().provenAt().isPresent());
    await().until(() -> stage.written.containsValue(incident));
  }

  @Test
  void a_crash_leaves_the_other_groups_alone() throws Exception {
    stage.play(stage.alone("a"), stage.alone("b"));
    stage.awaitWell("a", 1);

    stage.crash("a");
    stage.awaitWell("a", 2);

    assertEquals(List.of("start a", "start b", "stop a", "start a"), stage.diary);
  }

  @Test
  void rest_for_one_moves_those_behind_and_nobody_before() throws Exception {
    stage.play(stage.group(Strategy.REST_FOR_ONE, "a", "b", "c"));
    stage.awaitWell("c", 1);
    stage.awaitWell("b", 1);
    stage.diary.clear();

    stage.crash("b");
    stage.awaitWell("b", 2);
    stage.awaitWell("c", 2);

    assertEquals(List.of("stop c", "stop b", "start b", "start c"), stage.diary);
    assertEquals(Map.of(Signal.SIBLING, 1L), stage.state("c").restarts());
    assertEquals("restart b, c", stage.incidents("b").getFirst().action());
  }

  @Test
  void one_for_one_in_a_group_moves_the_crashed_child_alone() throws Exception {
    stage.play(stage.group(Strategy.ONE_FOR_ONE, "a", "b"));
    stage.awaitWell("a", 1);
    stage.diary.clear();

    stage.crash("a");
    stage.awaitWell("a", 2);

    assertEquals(List.of("stop a", "start a"), stage.diary);
  }

  @Test
  void a_crash_of_one_before_during_a_restart_behind_it_moves_the_whole_row() throws Exception {
    stage.play(stage.group(Strategy.REST_FOR_ONE, "a", "b", "c"));
    stage.awaitWell("a", 1);
    stage.awaitWell("b", 1);
    stage.script("b").starts.add(Script.Start.WAITS_FOR_RELEASE);
    stage.crash("b");
    await().until(() -> stage.script("b").lives.size() == 2);
    stage.diary.clear();

    stage.crash("a");
    await().until(() -> !stage.state("a").proven());
    stage.script("b").release.complete();
    stage.awaitWell("c", 2);
    stage.awaitWell("a", 2);
    stage.awaitWell("b", 3);

    assertEquals(List.of("stop b", "stop a", "start a", "start b", "start c"), stage.diary);
  }

  @Test
  void a_child_gives_itself_up_but_not_for_an_outage() throws Exception {
    stage.playWell("a");

    stage.reports.escalate("a", new Unavailable("away", "the broker is away"));
    await().until(() -> stage.supervisor.state().outages() == 1);
    assertEquals(0, stage.state("a").restartCount());

    stage.reports.escalate("nobody", new IllegalStateException("who?"));
    stage.reports.escalate("a", new IllegalStateException("no culprit found"));
    stage.awaitWell("a", 2);
    assertEquals(Map.of(Signal.ESCALATED, 1L), stage.state("a").restarts());
  }

  @Test
  void many_exceptions_of_one_life_are_one_crash() throws Exception {
    stage.playWell("a");

    for (int report = 0; report < 50_000; report++) {
      int number = report;
      stage
          .script("a")
          .life(1)
          .context()
          .runOnContext(
              here -> {
                throw new IllegalStateException("number " + number);
              });
    }
    stage.awaitWell("a", 2);

    assertEquals(1, stage.state("a").restartCount());
    assertEquals(1, stage.incidents("a").size());
    assertTrue(stage.incidents("a").getFirst().signals().size() <= 16);
  }

  @Test
  void a_report_from_an_earlier_life_does_not_touch_the_present_one() throws Exception {
    stage.playWell("a");
    stage.crash("a");
    stage.awaitWell("a", 2);

    stage
        .script("a")
        .life(1)
        .context()
        .runOnContext(here -> stage.reports.escalate("a", new IllegalStateException("a ghost")));
    stage
        .script("a")
        .life(2)
        .context()
        .runOnContext(here -> stage.reports.escalate("a", new IllegalStateException("alive")));
    stage.awaitWell("a", 3);

    assertEquals(2, stage.state("a").restartCount());
    assertFalse(stage.incidents("a").toString().contains("a ghost"));
  }

  @Test
  void a_person_restarts_a_child_without_a_fault_on_record() throws Exception {
    stage.playWell("a");

    stage.supervisor.restart("a", "new certificate").await(5, SECONDS);
    stage.awaitWell("a", 2);

    assertEquals(Map.of(Signal.OPERATOR, 1L), stage.state("a").restarts());
    assertEquals("new certificate", stage.state("a").lastExit().orElseThrow().detail());
    assertEquals(List.of(), stage.incidents("a"));
  }

  @Test
  void orders_that_cannot_be_carried_out_are_refused() throws Exception {
    SupervisionSettings shipped = SupervisionSettings.shipped("test", false);
    stage.settings = shipped;
    stage.play(stage.alone("a"));

    refused(IllegalStateException.class, () -> stage.crash("a"));
    refused(IllegalStateException.class, () -> stage.supervisor.unpark("a").await(5, SECONDS));
    refused(
        IllegalArgumentException.class,
        () -> stage.supervisor.restart("nobody", "please").await(5, SECONDS));
  }

  private static void refused(Class<? extends Throwable> as, Executable order) {
    assertInstanceOf(as, assertThrows(Throwable.class, order));
  }
}
