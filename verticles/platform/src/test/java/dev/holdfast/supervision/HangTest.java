package dev.holdfast.supervision;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Starts, stops, proofs and loops that do not end. */
class HangTest {
  private final Stage stage = new Stage(Clock.system());
  private final List<CountDownLatch> blocks = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    blocks.forEach(CountDownLatch::countDown);
    stage.close();
  }

  @Test
  void a_start_that_never_ends_is_given_up_and_leaves_no_consumer_behind() throws Exception {
    stage.script("a").starts.add(Script.Start.NEVER_ENDS);
    stage.play(GroupSpec.alone(stage.child("a").startWithin(Duration.ofMillis(200))));
    stage.awaitWell("a", 2);

    answersAlone("a", 2);
    timersStopped("a", 1);
    assertEquals(1, stage.supervisor.state().orphans());
    assertEquals(Map.of(Signal.START_FAILED, 1L), stage.state("a").restarts());
  }

  @Test
  void a_start_that_ends_after_it_was_given_up_is_taken_back() throws Exception {
    stage.script("a").starts.add(Script.Start.WAITS_FOR_RELEASE);
    stage.play(GroupSpec.alone(stage.child("a").startWithin(Duration.ofMillis(200))));
    stage.awaitWell("a", 2);
    assertFalse(stage.diary.contains("stop a"));

    stage.script("a").release.complete();

    await().until(() -> stage.diary.contains("stop a"));
    answersAlone("a", 2);
    assertTrue(stage.state("a").isWell());
  }

  @Test
  void a_stop_that_never_ends_is_left_behind_without_its_consumers() throws Exception {
    stage.script("a").stops.add(Script.Stop.NEVER_ENDS);
    stage.playWell("a");

    stage.crash("a");
    stage.awaitWell("a", 2);

    answersAlone("a", 2);
    timersStopped("a", 1);
    assertEquals(1, stage.supervisor.state().orphans());
    await().until(() -> stage.platform.deploymentIDs().size() == 1);
  }

  @Test
  void a_stop_that_fails_is_a_stop() throws Exception {
    stage.script("a").stops.add(Script.Stop.FAILS);
    stage.playWell("a");

    stage.crash("a");
    stage.awaitWell("a", 2);

    answersAlone("a", 2);
    assertEquals(0, stage.supervisor.state().orphans());
  }

  @Test
  void the_supervisor_stops_though_no_child_does() throws Exception {
    stage.script("a").stops.add(Script.Stop.NEVER_ENDS);
    stage.script("b").stops.add(Script.Stop.NEVER_ENDS);
    stage.play(stage.alone("a"), stage.alone("b"));

    stage.stop();

    assertEquals(2, stage.supervisor.state().orphans());
    assertEquals(Phase.STOPPED, stage.state("a").phase());
  }

  @Test
  void a_child_whose_loop_is_blocked_answers_from_another() throws Exception {
    stage.play(stage.alone("a"), stage.alone("b"));
    stage.awaitWell("a", 1);
    stage.awaitWell("b", 1);

    block("a", 1);
    stage.awaitWell("a", 2);

    answersAlone("a", 2);
    assertEquals(Map.of(Signal.LOOP_BLOCKED, 1L), stage.state("a").restarts());
    assertEquals(1, stage.supervisor.state().orphans());
    assertEquals(0, stage.state("b").restartCount());
  }

  @Test
  void whichever_loop_is_blocked_the_others_children_are_restarted() throws Exception {
    List<String> children = List.of("a", "b", "c", "d");
    Intensity plenty = new Intensity(100, Duration.ofSeconds(60));
    stage.play(
        new GroupSpec(
            "all", Strategy.ONE_FOR_ONE, plenty, children.stream().map(stage::child).toList()));
    for (String child : children) {
      stage.awaitWell(child, 1);
    }
    for (String blocked : children) {
      int life = stage.script(blocked).lives.size();
      CountDownLatch free = block(blocked, life);
      for (String other : children) {
        if (!other.equals(blocked)) {
          int next = stage.script(other).lives.size() + 1;
          stage.crash(other);
          stage.awaitWell(other, next);
        }
      }
      stage.awaitWell(blocked, life + 1);
      free.countDown();
    }
    assertTrue(stage.supervisor.state().isWell());
    long hung =
        stage.supervisor.state().children().stream()
            .mapToLong(child -> child.restarts().getOrDefault(Signal.LOOP_BLOCKED, 0L))
            .sum();
    assertTrue(stage.supervisor.state().orphans() <= hung, "a stop waited for another's loop");
    await().until(() -> stage.platform.deploymentIDs().size() == children.size());
  }

  @Test
  void the_loop_that_vertx_uses_for_the_supervisors_thread_may_be_blocked() throws Exception {
    List<String> children = List.of("a", "b", "c");
    stage.play(children.stream().map(stage::alone).toArray(GroupSpec[]::new));
    for (String child : children) {
      stage.awaitWell(child, 1);
    }
    CountDownLatch free = new CountDownLatch(1);
    blocks.add(free);
    stage.blockRememberedLoop(free);

    for (String child : children) {
      stage.crash(child);
      stage.awaitWell(child, 2);
      assertEquals(Map.of(Signal.UNCAUGHT, 1L), stage.state(child).restarts());
    }
    assertEquals(0, stage.supervisor.state().orphans());
  }

  @Test
  void a_child_is_not_well_before_its_proof_has_succeeded() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Promise<Void> cure = Promise.promise();
    ChildSpec proven =
        stage
            .child("a")
            .provenBy(
                () ->
                    asked.incrementAndGet() % 2 == 1
                        ? Future.failedFuture(new IllegalStateException("still ill"))
                        : cure.future(),
                Duration.ofMillis(50));
    stage.play(GroupSpec.alone(proven));
    stage.reports.escalate("a", new IllegalStateException("ill"));
    await().until(() -> stage.script("a").lives.size() == 2 && asked.get() > 6);

    assertEquals(Phase.RUNNING, stage.state("a").phase());
    assertFalse(stage.state("a").isWell());
    assertTrue(stage.state("a").detail().startsWith("not proven"));
    assertEquals(Incident.Outcome.OPEN, stage.incidents("a").getFirst().outcome());

    cure.complete();
    stage.awaitWell("a", 2);
    assertEquals(Incident.Outcome.RECOVERED, stage.incidents("a").getFirst().outcome());
  }

  @Test
  void a_database_that_is_away_delays_no_restart_and_gets_every_incident_later() throws Exception {
    Promise<Void> back = Promise.promise();
    stage.writer =
        incident ->
            back.future().isComplete()
                ? back.future().onSuccess(any -> stage.written.put(key(incident), incident))
                : Promise.promise().future();
    stage.play(stage.alone("a"), stage.alone("b"));
    stage.awaitWell("a", 1);
    stage.awaitWell("b", 1);
    stage.crash("a");
    stage.crash("b");
    stage.awaitWell("a", 2);
    stage.awaitWell("b", 2);
    assertEquals(2, stage.supervisor.state().unwrittenIncidents());
    for (String child : List.of("a", "b")) {
      List<Incident.Outcome> told =
          stage.told.stream()
              .filter(one -> one.child().equals(child))
              .map(Incident::outcome)
              .distinct()
              .toList();
      assertEquals(List.of(Incident.Outcome.OPEN, Incident.Outcome.RECOVERED), told);
    }

    back.complete();

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> stage.supervisor.state().unwrittenIncidents() == 0);
    assertEquals(2, stage.written.size());
    stage.written.values().forEach(one -> assertEquals(Incident.Outcome.RECOVERED, one.outcome()));
  }

  private static String key(Incident incident) {
    return incident.id().toString();
  }

  private CountDownLatch block(String child, int life) throws InterruptedException {
    CountDownLatch free = stage.script(child).life(life).block();
    blocks.add(free);
    assertTrue(stage.script(child).life(life).blocked.await(10, SECONDS));
    return free;
  }

  /** A ghost consumer would take every second message. */
  private void answersAlone(String child, int life) throws Exception {
    for (int message = 0; message < 4; message++) {
      assertEquals(life, stage.ask(child));
    }
  }

  private void timersStopped(String child, int life) {
    Script.Actor ghost = stage.script(child).life(life);
    Script.Actor present = stage.script(child).lives.getLast();
    int before = ghost.ticks.get();
    int now = present.ticks.get();
    await().until(() -> present.ticks.get() > now + 5);
    assertEquals(before, ghost.ticks.get());
  }
}
