package dev.holdfast.errors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.LaneErrors;
import dev.holdfast.bus.BusErrors;
import dev.holdfast.bus.QueryRefused;
import dev.holdfast.guard.Guard;
import dev.holdfast.guard.GuardErrors;
import dev.holdfast.kernel.ErrorCategory;
import dev.holdfast.kernel.ErrorCode;
import dev.holdfast.kernel.ErrorCode.Kind;
import dev.holdfast.kernel.ErrorRecovery;
import dev.holdfast.kernel.ErrorSeverity;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.DatabaseErrors;
import dev.holdfast.postgres.OutageCodes;
import dev.holdfast.stream.KafkaErrors;
import dev.holdfast.web.HttpErrors;
import dev.holdfast.web.Problem;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an error is, by its type, SQLSTATE or status, whatever its message says. */
class ErrorTableTest {
  /** Words of every other category; nobody may be led by them. */
  private static final String WORDS = "database connection refused, kafka broker timeout, api";

  private final ErrorTable table =
      new ErrorTable(
          List.of(
              new DatabaseErrors(),
              new KafkaErrors(),
              new GuardErrors(),
              new BusErrors(),
              new LaneErrors(),
              new HttpErrors()));

  private static PgException sql(String state) {
    return new PgException(WORDS, "ERROR", state, "detail");
  }

  private void assertIs(
      String code, ErrorCategory category, ErrorRecovery recovery, Throwable failure) {
    ErrorCode found = table.of(failure);
    assertEquals(code, found.code());
    assertEquals(category, found.category());
    assertEquals(recovery, found.recovery());
  }

  @ParameterizedTest
  @Tag("E-042")
  @CsvSource({
    "40001,serialization_failure,DATABASE,RETRY",
    "40P01,deadlock,DATABASE,RETRY",
    "23505,duplicate,DATABASE,RETRY",
    "23514,constraint_violation,DATABASE,FAIL",
    "22003,value_refused,DATABASE,FAIL",
    "42P01,schema_mismatch,CONFIGURATION,FAIL",
    "42703,schema_mismatch,CONFIGURATION,FAIL",
    "3F000,schema_mismatch,CONFIGURATION,FAIL",
    "28P01,login_refused,CONFIGURATION,DEGRADE",
    "53100,database_out_of_resources,DATABASE,DEGRADE",
    "53300,too_many_connections,DATABASE,DEGRADE",
    "57P03,database_shutting_down,DATABASE,DEGRADE",
    "57014,statement_timeout,DATABASE,RETRY",
    "55P03,lock_timeout,DATABASE,RETRY",
    "08006,connection_lost,DATABASE,RETRY",
    "25006,database_read_only,DATABASE,DEGRADE",
    "XX000,database_error,DATABASE,FAIL"
  })
  void an_error_of_postgresql_is_known_by_its_sqlstate(
      String state, String code, ErrorCategory category, ErrorRecovery recovery) {
    assertIs(code, category, recovery, sql(state));
    assertIs(code, category, recovery, new SQLException(WORDS, state));
  }

  @Test
  @Tag("E-174")
  void an_error_of_kafka_is_known_by_its_class() {
    assertIs(
        "broker_away", ErrorCategory.KAFKA, ErrorRecovery.DEGRADE, new TimeoutException(WORDS));
    assertIs(
        "broker_not_ready",
        ErrorCategory.KAFKA,
        ErrorRecovery.RETRY,
        new NotEnoughReplicasException(WORDS));
    assertIs(
        "kafka_client_ended",
        ErrorCategory.KAFKA,
        ErrorRecovery.RETRY,
        new ProducerFencedException(WORDS));
    assertIs(
        "event_unsendable",
        ErrorCategory.KAFKA,
        ErrorRecovery.FAIL,
        new RecordTooLargeException(WORDS));
    assertIs(
        "broker_refuses_us",
        ErrorCategory.CONFIGURATION,
        ErrorRecovery.DEGRADE,
        new SaslAuthenticationException(WORDS));
    assertIs(
        "broker_refuses_us",
        ErrorCategory.CONFIGURATION,
        ErrorRecovery.DEGRADE,
        new ConfigException(WORDS));
    assertIs("kafka_failed", ErrorCategory.KAFKA, ErrorRecovery.RETRY, new KafkaException(WORDS));
  }

  @Test
  @Tag("E-042")
  void words_of_a_message_mean_nothing() {
    assertIs(
        "internal", ErrorCategory.UNKNOWN, ErrorRecovery.FAIL, new IllegalStateException(WORDS));
    assertIs("network_failed", ErrorCategory.NETWORK, ErrorRecovery.RETRY, new IOException(WORDS));
    assertIs(
        "network_failed", ErrorCategory.NETWORK, ErrorRecovery.RETRY, new ConnectException(WORDS));
    assertIs(
        "file_unusable",
        ErrorCategory.CONFIGURATION,
        ErrorRecovery.FAIL,
        new NoSuchFileException(WORDS));
    assertIs("parked", ErrorCategory.BUSINESS_LOGIC, ErrorRecovery.FAIL, new Parked(WORDS));
  }

  @Test
  @Tag("E-045")
  void an_outage_is_known_by_its_code() {
    assertIs(
        OutageCodes.COMMIT_UNKNOWN,
        ErrorCategory.DATABASE,
        ErrorRecovery.RETRY,
        new Unavailable(OutageCodes.COMMIT_UNKNOWN, WORDS));
    assertIs(
        Guard.CIRCUIT_OPEN,
        ErrorCategory.EXTERNAL_API,
        ErrorRecovery.DEGRADE,
        new Unavailable(Guard.CIRCUIT_OPEN, WORDS));
    assertIs(
        "unavailable",
        ErrorCategory.UNKNOWN,
        ErrorRecovery.RETRY,
        new Unavailable("never_heard_of", WORDS));
  }

  @Test
  void a_refusal_keeps_its_own_code() {
    QueryRefused invalid = new QueryRefused(Refusal.invalid("invalid_sku", WORDS));
    QueryRefused conflict = new QueryRefused(Refusal.conflict("out_of_stock", WORDS));
    assertIs("invalid_sku", ErrorCategory.VALIDATION, ErrorRecovery.FAIL, invalid);
    assertIs("out_of_stock", ErrorCategory.BUSINESS_LOGIC, ErrorRecovery.FAIL, conflict);
    assertIs(
        "forbidden",
        ErrorCategory.VALIDATION,
        ErrorRecovery.FAIL,
        Problem.of(403, "forbidden", WORDS).asException());
  }

  @Test
  void wrappers_are_opened_until_somebody_knows_what_is_inside() {
    Throwable inside = new CompletionException(new IllegalStateException(WORDS, sql("40P01")));
    assertEquals("deadlock", table.of(inside).code());
    Throwable outage = new Unavailable(OutageCodes.CONNECTION_LOST, WORDS, sql("42P01"));
    assertEquals(OutageCodes.CONNECTION_LOST, table.of(outage).code(), "the outermost counts");
  }

  @Test
  @Tag("E-043")
  void the_worse_a_failure_the_higher_its_severity() {
    assertEquals(ErrorSeverity.CRITICAL, table.of(new OutOfMemoryError()).severity());
    assertEquals(ErrorSeverity.CRITICAL, table.of(sql("42P01")).severity());
    assertEquals(ErrorSeverity.HIGH, table.of(new IllegalStateException()).severity());
    assertEquals(ErrorSeverity.MEDIUM, table.of(new IOException()).severity());
    assertEquals(ErrorSeverity.LOW, table.of(new Parked(WORDS)).severity());
  }

  @Test
  void the_table_refines_the_three_kinds_and_contradicts_none() {
    assertFalse(table.codes().isEmpty());
    for (ErrorCode code : table.codes()) {
      assertEquals(code.kind() == Kind.OUTAGE, code.recovery() != ErrorRecovery.FAIL, code.code());
    }
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ErrorCode.outage(
                "for_ever",
                ErrorCategory.NETWORK,
                ErrorSeverity.LOW,
                ErrorRecovery.FAIL,
                "An outage that nobody recovers from."));
  }

  @Test
  void no_two_rooms_have_the_same_code() {
    IllegalArgumentException twice =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ErrorTable(List.of(new GuardErrors(), new GuardErrors())));
    assertTrue(twice.getMessage().contains(Guard.CIRCUIT_OPEN));
  }
}
