package dev.holdfast.supervision;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Children that end for good, and children that have work and do none. */
class EndsTest {
  private final Stage stage = new Stage(Clock.system());

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  @Test
  void a_transient_child_is_started_anew_after_a_crash_and_not_when_it_is_done() throws Exception {
    stage.play(GroupSpec.alone(stage.child("a").as(Restart.TRANSIENT)), stage.alone("b"));
    stage.awaitWell("a", 1);
    stage.crash("a");
    stage.awaitWell("a", 2);

    stage.reports.finished("a");
    stage.awaitPhase("a", Phase.ENDED);

    assertEquals("stop a", stage.diary.getLast());
    assertEquals(2, stage.script("a").lives.size());
    assertEquals(1, stage.incidents("a").size());
    await().until(() -> stage.supervisor.state().isWell());
  }

  @Test
  void a_temporary_child_is_not_started_anew_and_those_behind_it_go_on() throws Exception {
    stage.play(
        new GroupSpec(
            "row",
            Strategy.REST_FOR_ONE,
            Intensity.SHIPPED,
            List.of(stage.child("a").as(Restart.TEMPORARY), stage.child("b"))));
    stage.awaitWell("b", 1);

    stage.crash("a");
    stage.awaitPhase("a", Phase.ENDED);
    stage.awaitWell("b", 2);

    assertEquals(1, stage.script("a").lives.size());
    assertTrue(stage.state("a").detail().contains("crash of a was asked for"));
  }

  @Test
  void a_permanent_child_that_says_it_is_done_is_started_anew() throws Exception {
    stage.playWell("a");

    stage.reports.finished("a");
    stage.awaitWell("a", 2);

    assertEquals(Map.of(Signal.FINISHED, 1L), stage.state("a").restarts());
  }

  @Test
  void a_child_whose_work_waits_while_none_is_done_is_started_anew() throws Exception {
    stage.play(
        GroupSpec.alone(
            stage
                .child("a")
                .progressing(
                    () ->
                        stage.script("a").lives.size() < 2 ? new Progress(3, 7) : Progress.NONE)));
    stage.awaitWell("a", 2);

    assertEquals(Map.of(Signal.NO_PROGRESS, 1L), stage.state("a").restarts());
    assertTrue(stage.incidents("a").getFirst().signals().getFirst().contains("3 wait"));
  }
}
