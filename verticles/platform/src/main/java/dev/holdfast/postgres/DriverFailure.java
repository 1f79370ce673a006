package dev.holdfast.postgres;

import dev.holdfast.kernel.Unavailable;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.Optional;

/** What a failure of the driver means: an outage with a code, or PostgreSQL's error as it is. */
final class DriverFailure {
  private DriverFailure() {}

  /** What became of a statement that failed, as far as the connection is concerned. */
  enum Kind {
    /** The server answered with an error and goes on. */
    ANSWERED,
    /** The driver refused the arguments; the server never saw the statement. */
    NEVER_SENT,
    /** No answer will come: whether the statement took effect is open. */
    LOST
  }

  /**
   * A failure that was judged.
   *
   * @param kind what it means for the connection
   * @param told what the caller gets to see
   */
  record Judged(Kind kind, Throwable told) {
    boolean lost() {
      return kind == Kind.LOST;
    }
  }

  /**
   * Judges the failure of a statement.
   *
   * @param pool its name
   * @param failure as the driver gave it
   * @param open whether the connection is still open
   * @param farewell what the server said when it ended the session, or null
   */
  static Judged judge(String pool, Throwable failure, boolean open, Throwable farewell) {
    Kind kind = kind(failure, open);
    Throwable cause = kind == Kind.LOST && farewell != null ? farewell : failure;
    return new Judged(kind, ofStatement(pool, cause, kind));
  }

  /**
   * What a failure means for the connection.
   *
   * @param failure of a statement
   * @param open whether its connection is still open
   */
  static Kind kind(Throwable failure, boolean open) {
    if (failure instanceof PgException sql) {
      return endsSession(sql) ? Kind.LOST : Kind.ANSWERED;
    }
    if (failure instanceof ClosedConnectionException || failure instanceof IOException || !open) {
      return Kind.LOST;
    }
    return Kind.NEVER_SENT;
  }

  /** What to tell the caller whose statement failed. */
  static Throwable ofStatement(String pool, Throwable failure, Kind kind) {
    if (failure instanceof PgException sql) {
      return outage(sql)
          .<Throwable>map(code -> new Unavailable(code, pool + ": " + sql.getMessage(), sql))
          .orElse(sql);
    }
    return kind == Kind.LOST
        ? new Unavailable(OutageCodes.CONNECTION_LOST, pool + " lost its connection", failure)
        : failure;
  }

  /** What to tell the caller who got no connection: always an outage. */
  static Unavailable ofBorrowing(String pool, Throwable failure) {
    if (failure instanceof Unavailable known) {
      return known;
    }
    if (failure instanceof ConnectionPoolTooBusyException) {
      return Unavailable.overloaded(pool);
    }
    if (failure instanceof PgException sql) {
      return new Unavailable(
          outage(sql).orElse(OutageCodes.LOGIN_REFUSED), pool + ": " + sql.getMessage(), sql);
    }
    if (failure instanceof IOException || failure instanceof ConnectTimeoutException) {
      return new Unavailable(
          OutageCodes.UNREACHABLE, pool + " can't be reached: " + failure.getMessage(), failure);
    }
    if ("Timeout".equals(failure.getMessage())) {
      return new Unavailable(OutageCodes.POOL_EXHAUSTED, pool + " had no connection free in time");
    }
    return new Unavailable(OutageCodes.CONNECTION_LOST, pool + " opened no connection", failure);
  }

  /** COMMIT was sent, and what became of it is open. */
  static Unavailable commitUnknown(String pool, Throwable seen) {
    return new Unavailable(
        OutageCodes.COMMIT_UNKNOWN, pool + " did not answer COMMIT: it may have committed", seen);
  }

  private static boolean endsSession(PgException sql) {
    return "FATAL".equals(sql.getSeverity())
        || "PANIC".equals(sql.getSeverity())
        || sql.getSqlState().startsWith("57P")
        || sql.getSqlState().startsWith("08")
        || isOutdated(sql);
  }

  /**
   * The statement was prepared before its tables were changed. The server goes on, but the driver
   * keeps the statement as it was, so the connection is given up. The routine is where the server
   * raises it, a name of its source that no language setting changes.
   */
  private static boolean isOutdated(PgException sql) {
    return SqlState.is(sql, SqlState.UNKNOWN_PREPARED_STATEMENT)
        || (SqlState.is(sql, SqlState.FEATURE_NOT_SUPPORTED)
            && "RevalidateCachedQuery".equals(sql.getRoutine()));
  }

  /** The code of the outage that an error of the server means; empty when it means none. */
  static Optional<String> outage(PgException sql) {
    if (isOutdated(sql)) {
      return Optional.of(OutageCodes.PLAN_OUTDATED);
    }
    return outage(sql.getSqlState())
        .or(() -> endsSession(sql) ? Optional.of(OutageCodes.CONNECTION_LOST) : Optional.empty());
  }

  /** The same of a SQLSTATE alone. */
  static Optional<String> outage(String state) {
    return Optional.ofNullable(
        switch (state) {
          case SqlState.READ_ONLY_TRANSACTION -> OutageCodes.READ_ONLY;
          case SqlState.QUERY_CANCELED -> OutageCodes.STATEMENT_TIMEOUT;
          case SqlState.LOCK_NOT_AVAILABLE -> OutageCodes.LOCK_TIMEOUT;
          case SqlState.TOO_MANY_CONNECTIONS -> OutageCodes.TOO_MANY_CONNECTIONS;
          case SqlState.IDLE_IN_TRANSACTION_TIMEOUT, SqlState.TRANSACTION_TIMEOUT ->
              OutageCodes.CONNECTION_LOST;
          default -> outageOfClass(state.substring(0, 2));
        });
  }

  private static String outageOfClass(String stateClass) {
    return switch (stateClass) {
      case "08" -> OutageCodes.CONNECTION_LOST;
      case "28", "3D" -> OutageCodes.LOGIN_REFUSED;
      case "53", "58" -> OutageCodes.OUT_OF_RESOURCES;
      case "57" -> OutageCodes.SHUTTING_DOWN;
      default -> null;
    };
  }
}
