package dev.holdfast.stream;

import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.util.List;

/** Where events are written in the transaction of their cause, to be told once it is committed. */
public final class Outbox {
  /** How many lanes the outbox has; each is relayed by one node. */
  public static final int LANES = 16;

  private static final int LANE_BITS = Integer.numberOfTrailingZeros(LANES);

  /** 2³² divided by the golden ratio: spreads neighbouring hash codes over the upper bits. */
  private static final int SPREAD = 0x9E37_79B9;

  private Outbox() {}

  /**
   * Sends one insert for all the rows; nothing for none. They get their sequence in the order of
   * the list, so the caller holds the lock on each aggregate's row by now.
   *
   * @return done when the insert is; need not be awaited, because the transaction fails with it
   */
  public static Future<Void> append(Tx tx, List<OutboxRow> rows) {
    return rows.isEmpty() ? Future.succeededFuture() : OutboxStore.insert(tx, rows);
  }

  /**
   * The lane of an aggregate: the same for ever, because rows of one aggregate in two lanes would
   * lose their order. (String hash codes are fixed by Java's specification.)
   *
   * @return 0 to {@link #LANES} - 1
   */
  public static int laneOf(String aggregate) {
    return (aggregate.hashCode() * SPREAD) >>> (Integer.SIZE - LANE_BITS);
  }
}
