package dev.holdfast.postgres;

import dev.holdfast.kernel.Unavailable;
import dev.holdfast.trace.Span;
import dev.holdfast.trace.Work;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** One statement in a transaction of its own. */
final class StatementAttempt extends Attempt<RowSet<Row>> {
  private final String sql;
  private final Tuple arguments;
  private final Span parent = Work.current().span();
  private Span span = Span.NONE;
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
    span = StatementSpans.begin(parent, sql);
    connection.preparedQuery(sql).execute(arguments).onComplete(this::answered);
  }

  private void answered(RowSet<Row> rows, Throwable failure) {
    connections.watch().ended(sql, begun, failure);
    span.end(failure);
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
