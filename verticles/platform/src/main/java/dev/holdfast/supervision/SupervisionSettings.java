package dev.holdfast.supervision;

import dev.holdfast.kernel.Backoff;
import java.time.Duration;

/**
 * What holds for a whole tree.
 *
 * @param node names this process in incidents
 * @param backoff the wait before a child's restart, growing with its crashes in a row
 * @param provenFor how long a child has to stay well after its proof before its next crash counts
 *     as a first one
 * @param restartsPerSecond of all children together, 1 or more
 * @param beat the time between two beats of a child, 2 ms or more
 * @param missedBeats after how many missed beats a child counts as hanging, 1 or more
 * @param warmUp how long after the start silence is borne three times as long, because a cold
 *     process loads and compiles its classes on the loops
 * @param loopProbe how long a new instance's loop may take to reach it; one on a stuck loop is
 *     dropped and tried again
 * @param outageRetry the longest wait before a child whose start met an outage tries again
 * @param healthCheck how often a child that is well is asked for its proof again
 * @param progressWithin how long a child's work may wait without any being done
 * @param crashAllowed whether {@link Supervisor#crash} works: in development and test profiles only
 */
public record SupervisionSettings(
    String node,
    Backoff backoff,
    Duration provenFor,
    int restartsPerSecond,
    Duration beat,
    int missedBeats,
    Duration warmUp,
    Duration loopProbe,
    Duration outageRetry,
    Duration healthCheck,
    Duration progressWithin,
    boolean crashAllowed) {

  public SupervisionSettings {
    if (node.isBlank()) {
      throw new IllegalArgumentException("node must be named");
    }
    atLeast("restartsPerSecond", 1, restartsPerSecond);
    atLeast("beat in ms", 2, beat.toMillis());
    atLeast("missedBeats", 1, missedBeats);
    atLeast("warmUp in ms", 0, warmUp.toMillis());
    atLeast("loopProbe in ms", 1, loopProbe.toMillis());
    atLeast("outageRetry in ms", 1, outageRetry.toMillis());
    atLeast("healthCheck in ms", 1, healthCheck.toMillis());
    atLeast("progressWithin in ms", 1, progressWithin.toMillis());
    atLeast("provenFor in ms", 0, provenFor.toMillis());
  }

  /**
   * The shipped gates: backoff 100 ms doubling to 30 s, forgotten after 5 s of proven health; ten
   * restarts a second; a beat each 500 ms, three missed ones are a hang.
   */
  public static SupervisionSettings shipped(String node, boolean crashAllowed) {
    return new SupervisionSettings(
        node,
        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30)),
        Duration.ofSeconds(5),
        10,
        Duration.ofMillis(500),
        3,
        Duration.ofSeconds(30),
        Duration.ofMillis(100),
        Duration.ofSeconds(3),
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        crashAllowed);
  }

  private static void atLeast(String field, long least, long value) {
    if (value < least) {
      throw new IllegalArgumentException(field + " must be " + least + " or more, got " + value);
    }
  }
}
