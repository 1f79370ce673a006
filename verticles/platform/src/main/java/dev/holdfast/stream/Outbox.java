package dev.holdfast.stream;

import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.util.List;

/** Where events are written in the transaction of their cause, to be told once it is committed. */
public final class Outbox {
  private Outbox() {}

  /**
   * Sends one insert for all the rows; nothing for none. They get their sequence in the order of
   * the list, so the caller holds the lock on each aggregate's row by now.
   *
   * @return the rows with their places, when the insert is done; need not be awaited, because the
   *     transaction fails with it
   */
  public static Future<List<Unsent>> append(Tx tx, List<OutboxRow> rows) {
    return rows.isEmpty() ? Future.succeededFuture(List.of()) : OutboxStore.insert(tx, rows);
  }
}
