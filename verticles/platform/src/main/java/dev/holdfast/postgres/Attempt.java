package dev.holdfast.postgres;

import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;

/**
 * One piece of work on one borrowed connection under one deadline. All of it runs on the caller's
 * context, so nothing here is shared between threads; the result is completed once.
 */
abstract class Attempt<T> {
  protected final Connections connections;
  protected SqlConnection connection;

  private final Database database;
  private final Vertx vertx;
  private final Context context;
  private final Promise<T> result = Promise.promise();
  private volatile Thread thread;
  private volatile int backEnd;
  private long timer;
  private boolean over;

  /** What the server said when it ended the session; the statements in flight fail as well. */
  private Throwable farewell;

  Attempt(Database database, Vertx vertx, Connections connections) {
    this.database = database;
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.connections = connections;
  }

  /** The connection is there. */
  protected abstract void begin();

  /** What to tell the caller when the connection has to be dropped now, for this reason. */
  protected abstract Throwable interrupted(Unavailable reason);

  /**
   * Borrows a connection and begins.
   *
   * @param leftMs time until the deadline, at least 1
   */
  Future<T> start(long leftMs) {
    onContext(() -> run(leftMs));
    return result.future();
  }

  private void run(long leftMs) {
    thread = Thread.currentThread();
    // A timer made and cancelled on its own loop costs about half a microsecond.
    timer = vertx.setTimer(leftMs, id -> interrupt(Unavailable.deadlinePassed(connections.name())));
    connections.borrow().onComplete(this::borrowed);
  }

  private void borrowed(SqlConnection lent, Throwable failure) {
    if (over) {
      if (lent != null) {
        connections.giveBack(lent);
      }
    } else if (failure != null) {
      Unavailable told = DriverFailure.ofBorrowing(connections.name(), failure);
      connections.watch().failed(told);
      fail(told);
    } else {
      connection = lent;
      backEnd = ((PgConnection) lent).processId();
      connection.exceptionHandler(said -> farewell = said);
      begin();
    }
  }

  /** Whether the thread carries it; from any thread. */
  boolean isOn(Thread candidate) {
    return thread == candidate;
  }

  /** The process id of its back end, or 0 as long as it has none; from any thread. */
  int backEnd() {
    return backEnd;
  }

  /** Ends it from outside, from any thread. */
  void abort(Unavailable reason) {
    context.runOnContext(v -> interrupt(reason));
  }

  private void interrupt(Unavailable reason) {
    if (!over) {
      connections.watch().failed(reason);
      Throwable told = interrupted(reason);
      if (connection == null) {
        fail(told);
      } else {
        dropAndFail(told);
      }
    }
  }

  protected final DriverFailure.Judged judge(Throwable failure) {
    return DriverFailure.judge(connections.name(), failure, Cut.isOpen(connection), farewell);
  }

  /** Runs it where everything of this attempt runs, now when that is here. */
  protected final void onContext(Runnable step) {
    if (Vertx.currentContext() == context) {
      step.run();
    } else {
      context.runOnContext(v -> step.run());
    }
  }

  protected final boolean isOver() {
    return over;
  }

  protected final void giveBackAndSucceed(T value) {
    connections.giveBack(connection);
    finish();
    result.complete(value);
  }

  protected final void giveBackAndFail(Throwable failure) {
    connections.giveBack(connection);
    fail(failure);
  }

  protected final void dropAndFail(Throwable failure) {
    connections.drop(connection);
    fail(failure);
  }

  private void fail(Throwable failure) {
    finish();
    result.fail(failure);
  }

  private void finish() {
    over = true;
    vertx.cancelTimer(timer);
    database.finished(this);
  }
}
