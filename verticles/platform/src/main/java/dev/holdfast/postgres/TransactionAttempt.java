package dev.holdfast.postgres;

import dev.holdfast.kernel.Unavailable;
import dev.holdfast.trace.Span;
import dev.holdfast.trace.Work;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.function.Function;

/**
 * One transaction: BEGIN, the work's statements and COMMIT are written one behind the other without
 * waiting, and all answers decide together. (COMMIT behind a failed statement rolls back and
 * answers success.)
 */
final class TransactionAttempt<T> extends Attempt<T> implements Tx {
  /** Followed by digits and commas alone; one message with BEGIN, because it is sent so often. */
  private static final String BEGIN_FOR_MERCHANTS = "BEGIN; SET LOCAL app.merchants = '%s'";

  private enum Phase {
    OPEN,
    /** The work is done; COMMIT waits for statements that the driver has not accepted before. */
    WORKED,
    COMMITTING,
    ROLLING_BACK
  }

  private final AcceptedStatements accepted;
  private final String merchants;
  private final Function<Tx, Future<T>> work;

  /** What whoever wants it was busy with. */
  private final Span span = Work.current().span();

  private Phase phase = Phase.OPEN;
  private T value;
  private int unproven;

  /** Of the first statement that failed; those behind it only say that all is aborted. */
  private DriverFailure.Judged failed;

  private Throwable refused;

  TransactionAttempt(
      Database database,
      Vertx vertx,
      Connections connections,
      AcceptedStatements accepted,
      String merchants,
      Function<Tx, Future<T>> work) {
    super(database, vertx, connections);
    this.accepted = accepted;
    this.merchants = merchants;
    this.work = work;
  }

  @Override
  protected void begin() {
    connections.countStatement();
    String begin = merchants == null ? "BEGIN" : BEGIN_FOR_MERCHANTS.formatted(merchants);
    connection.query(begin).execute().onFailure(this::statementFailed);
    result().onComplete((done, why) -> onContext(() -> worked(done, why)));
  }

  private Future<T> result() {
    try {
      Future<T> future = work.apply(this);
      return future != null
          ? future
          : Future.failedFuture(new NullPointerException("the work returned no future"));
    } catch (RuntimeException thrown) {
      return Future.failedFuture(thrown);
    }
  }

  @Override
  public Future<RowSet<Row>> execute(String sql, Tuple arguments) {
    if (phase != Phase.OPEN || isOver()) {
      return Future.failedFuture(
          new IllegalStateException("statement outside its transaction: " + sql));
    }
    boolean proven = accepted.knows(sql, arguments);
    if (!proven) {
      unproven++;
    }
    connections.countStatement();
    long begun = connections.watch().begun();
    Span statement = StatementSpans.begin(span, sql);
    return connection
        .preparedQuery(sql)
        .execute(arguments)
        .onComplete(
            (rows, seen) -> {
              connections.watch().ended(sql, begun, seen);
              statement.end(seen);
            })
        .transform((rows, seen) -> answered(sql, arguments, proven, rows, seen));
  }

  private Future<RowSet<Row>> answered(
      String sql, Tuple arguments, boolean proven, RowSet<Row> rows, Throwable seen) {
    if (!proven) {
      unproven--;
    }
    if (seen == null && !proven) {
      accepted.add(sql, arguments);
    }
    Future<RowSet<Row>> told =
        seen == null ? Future.succeededFuture(rows) : Future.failedFuture(statementFailed(seen));
    if (phase == Phase.WORKED && !isOver()) {
      end();
    }
    return told;
  }

  private Throwable statementFailed(Throwable seen) {
    DriverFailure.Judged judged = judge(seen);
    if (failed == null) {
      failed = judged;
    }
    return judged.told();
  }

  private void worked(T done, Throwable why) {
    if (isOver()) {
      return;
    }
    if (why != null) {
      rollBack(why);
    } else {
      value = done;
      phase = Phase.WORKED;
      end();
    }
  }

  private void end() {
    if (failed != null) {
      rollBack(failed.told());
    } else if (unproven == 0) {
      phase = Phase.COMMITTING;
      connections.countStatement();
      long begun = connections.watch().begun();
      Span commit = StatementSpans.begin(span, "COMMIT");
      connection
          .query("COMMIT")
          .execute()
          .onComplete(
              (ok, seen) -> {
                connections.watch().ended("COMMIT", begun, seen);
                commit.end(seen);
                committed(seen);
              });
    }
  }

  /** Answers come in order, so those of all statements are known by now. */
  private void committed(Throwable seen) {
    if (isOver()) {
      return;
    }
    if (failed == null && seen == null) {
      giveBackAndSucceed(value);
    } else if (failed == null) {
      commitFailed(seen);
    } else {
      committedNothing(seen);
    }
  }

  private void commitFailed(Throwable seen) {
    DriverFailure.Judged judged = judge(seen);
    if (judged.kind() == DriverFailure.Kind.ANSWERED) {
      giveBackAndFail(judged.told());
    } else {
      dropAndFail(commitUnknown(judged.told()));
    }
  }

  private void committedNothing(Throwable seen) {
    switch (failed.kind()) {
      case LOST -> dropAndFail(commitUnknown(failed.told()));
      case NEVER_SENT ->
          dropAndFail(
              new IllegalStateException(
                  "committed without a statement that the driver refused", failed.told()));
      case ANSWERED -> {
        if (seen == null) {
          giveBackAndFail(failed.told());
        } else {
          dropAndFail(failed.told());
        }
      }
    }
  }

  private Throwable commitUnknown(Throwable seen) {
    connections.countUnknownCommit();
    return DriverFailure.commitUnknown(connections.name(), seen);
  }

  private void rollBack(Throwable why) {
    phase = Phase.ROLLING_BACK;
    refused = why;
    if (failed != null && failed.lost()) {
      dropAndFail(why);
    } else {
      connections.countStatement();
      connection.query("ROLLBACK").execute().onComplete((ok, seen) -> rolledBack(seen));
    }
  }

  private void rolledBack(Throwable seen) {
    if (isOver()) {
      return;
    }
    if (seen == null) {
      giveBackAndFail(refused);
    } else {
      dropAndFail(refused);
    }
  }

  @Override
  protected Throwable interrupted(Unavailable reason) {
    return switch (phase) {
      case OPEN, WORKED -> reason;
      case ROLLING_BACK -> refused;
      case COMMITTING ->
          failed != null && failed.kind() == DriverFailure.Kind.ANSWERED
              ? failed.told()
              : commitUnknown(reason);
    };
  }
}
