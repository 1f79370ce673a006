package dev.holdfast.supervision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.recovery.RungName;
import dev.holdfast.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Groups that fall more often than they may: started anew as a whole, then parked. */
class EscalationTest {
  private static final Escalation ONCE =
      new Escalation(new Intensity(1, Duration.ofMinutes(10)), Duration.ofMillis(50));

  private final SettableClock clock = new SettableClock();
  private final Stage stage = new Stage(clock);

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  private GroupSpec pair(int crashes) {
    return new GroupSpec(
            "pair",
            Strategy.ONE_FOR_ONE,
            new Intensity(crashes, Duration.ofMinutes(1)),
            List.of(stage.child("a"), stage.child("b")))
        .escalating(ONCE);
  }

  @Test
  void a_group_that_fell_too_often_is_started_anew_as_a_whole_and_then_parked() throws Exception {
    stage.play(pair(2), stage.alone("other"));
    for (int life = 1; life <= 3; life++) {
      stage.awaitWell("a", life);
      stage.awaitWell("b", 1);
      stage.crash("a");
    }
    stage.awaitWell("a", 4);
    stage.awaitWell("b", 2);

    assertEquals(1, stage.state("b").restartCount());
    assertEquals(0, stage.state("other").restartCount());
    Incident third = stage.incidents("a").get(2);
    assertEquals(RungName.RESTART, third.choice().rung());
    assertTrue(
        third.choice().rule().startsWith("escalation: 3 of 2 crashes in 60 s; 1 of 1 starts"),
        third.choice().rule());
    assertEquals(Incident.Outcome.RECOVERED, third.outcome());

    // Its record is clean: two more crashes are borne, and a third one is too many for good.
    for (int life = 4; life <= 6; life++) {
      stage.awaitWell("a", life);
      stage.crash("a");
    }
    stage.awaitPhase("a", Phase.PARKED);
    assertEquals(1, stage.state("b").restartCount());
    assertEquals(
        List.of("escalation", "park"),
        stage.notices.stream().map(notice -> notice.topic()).toList());

    stage.supervisor.unpark("a").await();
    stage.awaitWell("a", 7);
  }

  @Test
  void a_group_that_is_stopped_while_it_rests_stays_down() throws Exception {
    stage.play(
        stage
            .alone("a")
            .escalating(
                new Escalation(new Intensity(1, Duration.ofMinutes(10)), Duration.ofMinutes(5))));
    for (int life = 1; life <= 6; life++) {
      stage.awaitWell("a", life);
      stage.crash("a");
    }
    stage.awaitPhase("a", Phase.BACKING_OFF);

    stage.stop();

    assertEquals(Phase.STOPPED, stage.state("a").phase());
    assertEquals(6, stage.script("a").lives.size());
  }
}
