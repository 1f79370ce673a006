package dev.holdfast.postgres;

import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** One statement in a transaction of its own. */
final class StatementAttempt extends Attempt<RowSet<Row>> {
  private final String sql;
  private final Tuple arguments;
  private long begun;

  StatementAttempt(
      Database database, Vertx vertx, Connections connections, String sql, Tuple arguments) {
    super(database, vertx, connections);
    this.sql = sql;
    this.arguments = arguments;
  }

  @Override
  protected void begin() {
    connections.countStatement();
    begun = connections.watch().begun();
    connection.preparedQuery(sql).execute(arguments).onComplete(this::answered);
  }

  private void answered(RowSet<Row> rows, Throwable failure) {
    connections.watch().ended(sql, begun, failure);
    if (isOver()) {
      return;
    }
    if (failure == null) {
      giveBackAndSucceed(rows);
      return;
    }
    DriverFailure.Judged judged = judge(failure);
    if (judged.lost()) {
      dropAndFail(judged.told());
    } else {
      giveBackAndFail(judged.told());
    }
  }

  @Override
  protected Throwable interrupted(Unavailable reason) {
    return reason;
  }
}
