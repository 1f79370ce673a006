package dev.holdfast.postgres;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.telemetry.StatementMeters;
import io.vertx.pgclient.PgException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Times statements and counts failures, once somebody wants to see them. Safe on any thread. */
final class StatementWatch {
  private final Clock clock;
  private final Map<String, StatementMeters.Statement> known = new ConcurrentHashMap<>();
  private volatile StatementMeters meters;

  StatementWatch(Clock clock) {
    this.clock = clock;
  }

  void show(StatementMeters meters) {
    this.meters = meters;
  }

  /** A statement is sent now; to be given back when it ends. */
  long begun() {
    return meters == null ? 0 : clock.nanoTime();
  }

  /**
   * It ended.
   *
   * @param sql a constant text: each has a handle of its own
   * @param failure null when it was answered
   */
  void ended(String sql, long begun, Throwable failure) {
    StatementMeters shown = meters;
    if (shown == null || begun == 0) {
      return;
    }
    if (failure == null) {
      known.computeIfAbsent(sql, text -> handle(shown, text)).answered(clock.nanoTime() - begun);
    } else {
      failed(failure);
    }
  }

  private static StatementMeters.Statement handle(StatementMeters meters, String sql) {
    StatementName name = StatementName.of(sql);
    return meters.statement(name.operation(), name.table());
  }

  /** A statement, or the way to it, failed. */
  void failed(Throwable failure) {
    StatementMeters shown = meters;
    if (shown != null) {
      shown.failed(type(failure));
    }
  }

  private static String type(Throwable failure) {
    return switch (failure) {
      case PgException sql ->
          DriverFailure.outage(sql).orElseGet(() -> "sqlstate_" + sql.getSqlState());
      case Unavailable outage -> outage.code();
      default -> "driver";
    };
  }
}
