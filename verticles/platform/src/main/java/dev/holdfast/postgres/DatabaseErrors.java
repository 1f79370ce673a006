package dev.holdfast.postgres;

import static dev.holdfast.kernel.ErrorCategory.CONFIGURATION;
import static dev.holdfast.kernel.ErrorCategory.DATABASE;
import static dev.holdfast.kernel.ErrorRecovery.DEGRADE;
import static dev.holdfast.kernel.ErrorRecovery.RETRY;
import static dev.holdfast.kernel.ErrorSeverity.CRITICAL;
import static dev.holdfast.kernel.ErrorSeverity.HIGH;
import static dev.holdfast.kernel.ErrorSeverity.LOW;
import static dev.holdfast.kernel.ErrorSeverity.MEDIUM;

import dev.holdfast.kernel.ErrorCategory;
import dev.holdfast.kernel.ErrorCode;
import dev.holdfast.kernel.ErrorCodes;
import dev.holdfast.kernel.ErrorRecovery;
import dev.holdfast.kernel.ErrorSeverity;
import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The errors of PostgreSQL: outages by their code, its own refusals by SQLSTATE. */
public final class DatabaseErrors implements ErrorCodes {
  private static final Map<String, ErrorCode> OUTAGES = new LinkedHashMap<>();

  static {
    outage(
        OutageCodes.COMMIT_UNKNOWN,
        DATABASE,
        MEDIUM,
        RETRY,
        "COMMIT was sent and not answered: asking again finds out.");
    outage(
        OutageCodes.CONNECTION_LOST,
        DATABASE,
        MEDIUM,
        RETRY,
        "The connection went away before COMMIT; nothing took effect.");
    outage(
        OutageCodes.PLAN_OUTDATED,
        DATABASE,
        LOW,
        RETRY,
        "Tables were changed under a prepared statement; its connection is given up.");
    outage(
        OutageCodes.POOL_EXHAUSTED, DATABASE, MEDIUM, RETRY, "No connection became free in time.");
    outage(
        OutageCodes.UNREACHABLE,
        DATABASE,
        HIGH,
        DEGRADE,
        "Nobody listens there, or the name or the way is not known.");
    outage(
        OutageCodes.SHUTTING_DOWN,
        DATABASE,
        HIGH,
        DEGRADE,
        "The server is stopping, starting or recovering.");
    outage(
        OutageCodes.TOO_MANY_CONNECTIONS,
        DATABASE,
        HIGH,
        DEGRADE,
        "The server has as many connections as it may.");
    outage(
        OutageCodes.LOGIN_REFUSED,
        CONFIGURATION,
        CRITICAL,
        DEGRADE,
        "The server refused role, password, database or a parameter.");
    outage(OutageCodes.LEASE_LOST, DATABASE, HIGH, DEGRADE, "Another node has this one's place.");
    outage(OutageCodes.READ_ONLY, DATABASE, HIGH, DEGRADE, "The server takes no writes.");
    outage(
        OutageCodes.STATEMENT_TIMEOUT,
        DATABASE,
        MEDIUM,
        RETRY,
        "The server gave up a statement after its time.");
    outage(
        OutageCodes.LOCK_TIMEOUT, DATABASE, LOW, RETRY, "The server gave up waiting for a lock.");
    outage(
        OutageCodes.OUT_OF_RESOURCES,
        DATABASE,
        CRITICAL,
        DEGRADE,
        "The server's disk, memory or another resource is used up.");
    outage(
        OutageCodes.CLOSED, DATABASE, LOW, RETRY, "The pool was closed: the process is stopping.");
  }

  private static final ErrorCode SERIALIZATION_FAILURE =
      contention("serialization_failure", "Two transactions could not be ordered (40001).");

  private static final ErrorCode DEADLOCK =
      contention("deadlock", "PostgreSQL ended one of two that waited for each other (40P01).");

  private static final ErrorCode DUPLICATE =
      contention("duplicate", "Somebody else was quicker with the same key (23505).");

  private static final ErrorCode CONSTRAINT_VIOLATION =
      ErrorCode.bug(
          "constraint_violation",
          DATABASE,
          HIGH,
          "A row broke a rule of its table that code should have kept (class 23).");

  private static final ErrorCode SCHEMA_MISMATCH =
      ErrorCode.bug(
          "schema_mismatch",
          CONFIGURATION,
          CRITICAL,
          "Tables, columns or rights are not those that the code was made for (class 42, 3F000).");

  private static final ErrorCode VALUE_REFUSED =
      ErrorCode.bug(
          "value_refused",
          DATABASE,
          MEDIUM,
          "PostgreSQL can't take or compute a value (class 22).");

  private static final ErrorCode DATABASE_ERROR =
      ErrorCode.bug(
          "database_error", DATABASE, HIGH, "PostgreSQL refused a statement for another reason.");

  private static void outage(
      String code,
      ErrorCategory category,
      ErrorSeverity severity,
      ErrorRecovery recovery,
      String meaning) {
    OUTAGES.put(code, ErrorCode.outage(code, category, severity, recovery, meaning));
  }

  private static ErrorCode contention(String code, String meaning) {
    return ErrorCode.outage(code, DATABASE, LOW, RETRY, meaning);
  }

  @Override
  public List<ErrorCode> codes() {
    List<ErrorCode> codes = new ArrayList<>(OUTAGES.values());
    codes.addAll(
        List.of(
            SERIALIZATION_FAILURE,
            DEADLOCK,
            DUPLICATE,
            CONSTRAINT_VIOLATION,
            SCHEMA_MISMATCH,
            VALUE_REFUSED,
            DATABASE_ERROR));
    return codes;
  }

  @Override
  public Optional<ErrorCode> of(Throwable failure) {
    if (failure instanceof PgException sql) {
      return Optional.of(of(DriverFailure.outage(sql), sql.getSqlState()));
    }
    if (failure instanceof SQLException sql && sql.getSQLState() != null) {
      return Optional.of(of(DriverFailure.outage(sql.getSQLState()), sql.getSQLState()));
    }
    return Optional.empty();
  }

  private static ErrorCode of(Optional<String> outage, String state) {
    return outage.map(OUTAGES::get).orElseGet(() -> ofState(state));
  }

  /** What a SQLSTATE means to whoever did not expect it. */
  private static ErrorCode ofState(String state) {
    return switch (state) {
      case SqlState.SERIALIZATION_FAILURE -> SERIALIZATION_FAILURE;
      case SqlState.DEADLOCK -> DEADLOCK;
      case SqlState.UNIQUE_VIOLATION -> DUPLICATE;
      case SqlState.INVALID_SCHEMA -> SCHEMA_MISMATCH;
      default -> ofClass(state);
    };
  }

  private static ErrorCode ofClass(String state) {
    return switch (state.substring(0, 2)) {
      case "22" -> VALUE_REFUSED;
      case "23" -> CONSTRAINT_VIOLATION;
      case "42" -> SCHEMA_MISMATCH;
      default -> DATABASE_ERROR;
    };
  }
}
