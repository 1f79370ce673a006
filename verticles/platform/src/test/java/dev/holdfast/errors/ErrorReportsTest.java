package dev.holdfast.errors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.holdfast.kernel.ErrorCategory;
import dev.holdfast.kernel.ErrorSeverity;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.SettableClock;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is told of failures, and what of them is not. */
class ErrorReportsTest {
  private static final String PERSON = "anna@example.org";

  private final SettableClock clock = new SettableClock();
  private final Meters meters = new Meters();
  private final ErrorReports reports = new ErrorReports(new ErrorTable(List.of()), clock, meters);
  private final SafeExecution safely = new SafeExecution("order", reports);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  private static Logger log() {
    return (Logger) LoggerFactory.getLogger(ErrorReports.class);
  }

  @BeforeEach
  void listen() {
    lines.start();
    log().addAppender(lines);
  }

  @AfterEach
  void stop() {
    log().detachAppender(lines);
  }

  private static Unavailable outage() {
    return Unavailable.deadlinePassed("stock");
  }

  private static Map<String, String> pairs(ILoggingEvent line) {
    return line.getKeyValuePairs().stream()
        .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
  }

  @Test
  @Tag("E-048")
  void a_bug_is_one_structured_line_under_its_id() {
    ErrorReport report =
        reports.report("order", "Place", "c-1", new IllegalStateException("for " + PERSON));
    assertEquals(1, lines.list.size());
    ILoggingEvent line = lines.list.getFirst();
    assertEquals(Level.ERROR, line.getLevel());
    assertEquals(
        Map.of(
            "id", report.id(),
            "agent", "order",
            "operation", "Place",
            "subject", "c-1",
            "code", "internal",
            "category", "unknown",
            "severity", "high",
            "recovery", "fail"),
        pairs(line));
  }

  @Test
  void a_log_shows_where_a_bug_was_and_no_word_of_its_message() {
    Throwable inner = new IllegalArgumentException("address of " + PERSON);
    reports.report("order", "Place", new IllegalStateException(PERSON, inner));
    ILoggingEvent line = lines.list.getFirst();
    String text =
        line.getFormattedMessage() + ThrowableProxyUtil.asString(line.getThrowableProxy());
    assertFalse(text.contains(PERSON), text);
    assertTrue(text.contains(IllegalArgumentException.class.getName()), text);
    assertTrue(text.contains("a_log_shows_where_a_bug_was"), text);
  }

  @Test
  void an_outage_that_goes_on_is_logged_once_a_minute_and_counted_every_time() {
    for (int round = 0; round < 5; round++) {
      reports.report("order", "read", outage());
    }
    assertEquals(1, lines.list.size());
    assertEquals(Level.WARN, lines.list.getFirst().getLevel());
    assertTrue(meters.text().contains("severity=\"medium\"} 5.0"), meters.text());
    reports.report("stock", "read", outage());
    assertEquals(2, lines.list.size(), "another place");
    clock.advance(ErrorReports.STILL_EVERY);
    reports.report("order", "read", outage());
    assertEquals(3, lines.list.size());
    assertEquals("4", pairs(lines.list.getLast()).get("spared"));
  }

  @Test
  void bugs_are_logged_each_time_and_refusals_never() {
    reports.report("order", "Place", new IllegalStateException());
    reports.report("order", "Place", new IllegalStateException());
    reports.report("order", "Place", new Parked("behind"));
    assertEquals(2, lines.list.size());
    assertNotEquals(pairs(lines.list.get(0)).get("id"), pairs(lines.list.get(1)).get("id"));
    assertTrue(
        meters
            .text()
            .contains(
                "holdfast_failures_total{agent=\"order\",category=\"business_logic\",severity=\"low\"}"
                    + " 1.0"),
        meters.text());
  }

  @Test
  @Tag("E-046")
  void a_report_goes_to_those_who_asked_for_its_category_and_severity() {
    List<String> network = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    reports.hear(
        Set.of(ErrorCategory.NETWORK),
        ErrorSeverity.LOW,
        report -> {
          throw new IllegalStateException("deaf");
        });
    reports.hear(
        Set.of(ErrorCategory.NETWORK),
        ErrorSeverity.LOW,
        report -> network.add(report.code().code()));
    reports.hear(
        EnumSet.allOf(ErrorCategory.class),
        ErrorSeverity.HIGH,
        report -> bad.add(report.code().code()));
    reports.report("order", "read", outage());
    reports.report("order", "read", new IllegalStateException());
    assertEquals(List.of("deadline_passed"), network);
    assertEquals(List.of("internal"), bad);
  }

  @Test
  void not_everybody_can_hear() {
    for (int hearer = 0; hearer < ErrorReports.HEARERS_MAX; hearer++) {
      reports.hear(Set.of(), ErrorSeverity.LOW, report -> {});
    }
    assertThrows(
        IllegalStateException.class, () -> reports.hear(Set.of(), ErrorSeverity.LOW, report -> {}));
  }

  @Test
  @Tag("E-047")
  void what_is_executed_safely_gives_its_value_or_the_fallback() {
    assertEquals(
        new Attempted<>(true, 7, Optional.empty()),
        safely.run("count", 0, () -> Future.succeededFuture(7)).result());
    Attempted<Integer> failed =
        safely.run("count", 0, () -> Future.<Integer>failedFuture(outage())).result();
    assertFalse(failed.succeeded());
    assertEquals(0, failed.value());
    assertEquals("deadline_passed", failed.error().orElseThrow().code().code());
    Attempted<Integer> thrown =
        safely
            .<Integer>run(
                "count",
                () -> {
                  throw new IllegalStateException();
                })
            .result();
    assertEquals(Optional.empty(), thrown.found());
    assertEquals("internal", thrown.error().orElseThrow().code().code());
  }

  @Test
  @Tag("E-047")
  void what_answers_at_once_is_executed_safely_too() {
    assertEquals(7, safely.call("count", 0, () -> 7).value());
    Attempted<Integer> failed =
        safely.call(
            "count",
            0,
            () -> {
              throw outage();
            });
    assertFalse(failed.succeeded());
    assertEquals(0, failed.value());
    assertEquals("count", failed.error().orElseThrow().operation());
  }
}
