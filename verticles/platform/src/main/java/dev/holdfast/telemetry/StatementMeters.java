package dev.holdfast.telemetry;

import io.micrometer.core.instrument.Counter;

/** What is asked of PostgreSQL. Safe on any thread. */
public final class StatementMeters {
  private final Meters meters;

  StatementMeters(Meters meters) {
    this.meters = meters;
  }

  /**
   * The series of one statement, to be kept by whoever sends it.
   *
   * @param operation such as {@code insert}
   * @param table what it is done to first
   */
  public Statement statement(String operation, String table) {
    return new Statement(
        meters.counter(GivenMeter.DATABASE_OPERATIONS, operation, table),
        meters.histogram(GivenMeter.DATABASE_DURATION, operation));
  }

  /** A statement, or the way to it, failed. Its series is made at the first one. */
  public void failed(String errorType) {
    meters.counter(GivenMeter.DATABASE_ERRORS, errorType).increment();
  }

  /** One statement. */
  public static final class Statement {
    private final Counter operations;
    private final Histogram duration;

    private Statement(Counter operations, Histogram duration) {
      this.operations = operations;
      this.duration = duration;
    }

    /** It was answered, so long after it was sent. */
    public void answered(long nanos) {
      operations.increment();
      duration.record(nanos / 1e9);
    }
  }
}
