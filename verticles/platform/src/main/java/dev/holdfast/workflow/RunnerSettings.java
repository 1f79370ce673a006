package dev.holdfast.workflow;

import dev.holdfast.kernel.Backoff;
import java.time.Duration;

/**
 * The limits of the runner.
 *
 * @param askDeadline of one ask of a step
 * @param backoff between asks of a step whose agent can't answer
 * @param poll how often rows are looked at for what no hint told
 * @param strayAfter how long an open run of this node may be untouched and not walked before it is
 *     taken up, and how often such runs are looked for
 * @param noteAfter how long a change of a run's row that nobody waits for may wait for the next one
 * @param updatesMax changes of run rows in one statement
 * @param databaseDeadline of one statement
 */
public record RunnerSettings(
    Duration askDeadline,
    Backoff backoff,
    Duration poll,
    Duration strayAfter,
    Duration noteAfter,
    int updatesMax,
    Duration databaseDeadline) {

  /** The shipped limits. */
  public static RunnerSettings shipped() {
    return new RunnerSettings(
        Duration.ofSeconds(5),
        new Backoff(Duration.ofMillis(50), Duration.ofSeconds(3)),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMillis(500),
        128,
        Duration.ofSeconds(3));
  }
}
