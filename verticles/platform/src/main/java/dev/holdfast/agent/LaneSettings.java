package dev.holdfast.agent;

import java.time.Duration;

/**
 * The limits of a lane.
 *
 * @param batchCommandsMax commands in one transaction
 * @param batchRowsMax rows they may write together; a single larger command is a batch of its own
 * @param connectionsMax transactions at the same time; a further one begins only while a full batch
 *     waits
 * @param queueCommandsMax commands waiting or under way; more are refused as overload
 * @param batchDeadline after which a transaction's connection is cut
 * @param rerunsMax how often the same batch is tried again before its askers are told of an outage
 * @param replyDaysKept commands issued earlier are never executed, because their replies may be
 *     gone
 */
public record LaneSettings(
    int batchCommandsMax,
    int batchRowsMax,
    int connectionsMax,
    int queueCommandsMax,
    Duration batchDeadline,
    int rerunsMax,
    int replyDaysKept) {

  /** The shipped limits. */
  public static LaneSettings shipped() {
    return new LaneSettings(32, 2_000, 4, 1_024, Duration.ofSeconds(3), 3, 35);
  }
}
