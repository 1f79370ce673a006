package dev.holdfast.postgres;

import io.vertx.pgclient.PgException;
import java.util.Optional;

/**
 * The SQLSTATE codes that something is done about, by name; all others are bugs. Codes as in
 * Appendix A of PostgreSQL's manual.
 */
public final class SqlState {
  public static final String FEATURE_NOT_SUPPORTED = "0A000";
  public static final String READ_ONLY_TRANSACTION = "25006";
  public static final String IDLE_IN_TRANSACTION_TIMEOUT = "25P03";
  public static final String TRANSACTION_TIMEOUT = "25P04";
  public static final String NOT_NULL_VIOLATION = "23502";
  public static final String UNIQUE_VIOLATION = "23505";
  public static final String CHECK_VIOLATION = "23514";
  public static final String SERIALIZATION_FAILURE = "40001";
  public static final String DEADLOCK = "40P01";
  public static final String TOO_MANY_CONNECTIONS = "53300";
  public static final String UNKNOWN_PREPARED_STATEMENT = "26000";
  public static final String INVALID_SCHEMA = "3F000";
  public static final String UNDEFINED_TABLE = "42P01";
  public static final String LOCK_NOT_AVAILABLE = "55P03";
  public static final String QUERY_CANCELED = "57014";
  public static final String ADMIN_SHUTDOWN = "57P01";
  public static final String CRASH_SHUTDOWN = "57P02";
  public static final String CANNOT_CONNECT_NOW = "57P03";

  private SqlState() {}

  /** Whether the failure is PostgreSQL's, with this code. */
  public static boolean is(Throwable failure, String state) {
    return failure instanceof PgException sql && state.equals(sql.getSqlState());
  }

  public static boolean isSerializationFailure(Throwable failure) {
    return is(failure, SERIALIZATION_FAILURE);
  }

  public static boolean isDeadlock(Throwable failure) {
    return is(failure, DEADLOCK);
  }

  public static boolean isUniqueViolation(Throwable failure) {
    return is(failure, UNIQUE_VIOLATION);
  }

  /** Whether a unique key or primary key of this name refused a row. */
  public static boolean isUniqueViolation(Throwable failure, String constraint) {
    return isUniqueViolation(failure) && constraint.equals(constraint(failure).orElse(null));
  }

  public static boolean isCheckViolation(Throwable failure) {
    return is(failure, CHECK_VIOLATION);
  }

  /** Whether a table, or the schema it should be in, is not there. */
  public static boolean isUndefinedTable(Throwable failure) {
    return is(failure, UNDEFINED_TABLE) || is(failure, INVALID_SCHEMA);
  }

  /** Whether a CHECK of this name refused a row. */
  public static boolean isCheckViolation(Throwable failure, String constraint) {
    return isCheckViolation(failure) && constraint.equals(constraint(failure).orElse(null));
  }

  /**
   * The constraint that refused, for violations of one. On a partitioned table it is the name of
   * the partition's own constraint.
   */
  public static Optional<String> constraint(Throwable failure) {
    return failure instanceof PgException sql
        ? Optional.ofNullable(sql.getConstraint())
        : Optional.empty();
  }
}
