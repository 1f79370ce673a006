package dev.holdfast.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** One transaction, as the code inside it sees it: statements, and nothing else of the world. */
public interface Tx {
  /**
   * Sends a prepared statement without waiting for those before it. The transaction is committed
   * only if every statement sent through it succeeded, whether or not its future is looked at.
   *
   * @param sql a constant text with {@code $1 …} placeholders
   * @param arguments the values; arrays are boxed and wrapped by {@code Tuple.wrap} or added one by
   *     one
   */
  Future<RowSet<Row>> execute(String sql, Tuple arguments);
}
