package dev.holdfast.agent;

import java.time.Duration;

/**
 * The limits of a lane.
 *
 * @param batchCommandsMax commands in one transaction
 * @param batchRowsMax rows they may write together; a single larger command is a batch of its own
 * @param gatherFrom commands in a batch from which on the lane counts as busy
 * @param gatherMax a busy lane rests as long as its batch took, at most this long, before it begins
 *     one that is not full; so that more commands share a transaction, and a lone one never waits
 * @param connectionsMax transactions at the same time; a further one begins only while a full batch
 *     waits
 * @param queueCommandsMax commands waiting or under way; more are refused as overload
 * @param batchDeadline after which a transaction's connection is cut
 * @param chained whether what follows a command may share its transaction
 * @param chainDeadline after which a transaction is cut that others may follow; so short that the
 *     lane's own batch can be run again in the time of its askers
 * @param rerunsMax how often the same batch is tried again before its askers are told of an outage
 * @param replyDaysKept commands issued earlier are never executed, because their replies may be
 *     gone
 */
public record LaneSettings(
    int batchCommandsMax,
    int batchRowsMax,
    int gatherFrom,
    Duration gatherMax,
    int connectionsMax,
    int queueCommandsMax,
    Duration batchDeadline,
    boolean chained,
    Duration chainDeadline,
    int rerunsMax,
    int replyDaysKept) {

  public LaneSettings {
    if (batchCommandsMax < 1 || connectionsMax < 1) {
      throw new IllegalArgumentException("a lane takes one command over one connection at least");
    }
  }

  /** The shipped limits. */
  public static LaneSettings shipped() {
    return new LaneSettings(
        32,
        2_000,
        4,
        Duration.ofMillis(25),
        4,
        1_024,
        Duration.ofSeconds(3),
        true,
        Duration.ofMillis(1_500),
        3,
        35);
  }

  /** The same with other limits of its transactions: their commands, and how many at a time. */
  public LaneSettings withBatches(int commandsMax, int connections) {
    return new LaneSettings(
        commandsMax,
        batchRowsMax,
        gatherFrom,
        gatherMax,
        connections,
        queueCommandsMax,
        batchDeadline,
        chained,
        chainDeadline,
        rerunsMax,
        replyDaysKept);
  }

  /** One command at a time and nothing behind it, so that whatever breaks it stands alone. */
  LaneSettings careful() {
    return withBatches(1, 1).withChains(false);
  }

  /** The same with or without chains. */
  public LaneSettings withChains(boolean chained) {
    return new LaneSettings(
        batchCommandsMax,
        batchRowsMax,
        gatherFrom,
        gatherMax,
        connectionsMax,
        queueCommandsMax,
        batchDeadline,
        chained,
        chainDeadline,
        rerunsMax,
        replyDaysKept);
  }
}
