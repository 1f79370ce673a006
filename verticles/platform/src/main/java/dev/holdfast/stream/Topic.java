package dev.holdfast.stream;

import java.time.Duration;
import java.util.Objects;

/**
 * A topic that must be there.
 *
 * @param name its name
 * @param partitions how many parts it is made with, 1 or more; more are never added, because an
 *     aggregate's events would then lie in two
 * @param retention how long its records are kept
 */
public record Topic(String name, int partitions, Duration retention) {
  /** As many parts as a topic gets when nothing else is said. */
  public static final int PARTITIONS = 3;

  public Topic {
    Objects.requireNonNull(name, "name");
    if (partitions < 1) {
      throw new IllegalArgumentException(name + " needs 1 partition or more, got " + partitions);
    }
  }

  /** Events: a few parts, kept for a week. */
  public static Topic named(String name) {
    return new Topic(name, PARTITIONS, Duration.ofDays(7));
  }
}
