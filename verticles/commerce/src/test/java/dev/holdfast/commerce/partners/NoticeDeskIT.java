package dev.holdfast.commerce.partners;

import static dev.holdfast.commerce.testing.AgentDatabase.await;
import static dev.holdfast.commerce.testing.AgentDatabase.soon;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.testing.PartnerDatabase;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.ErrorCategory;
import dev.holdfast.kernel.ErrorSeverity;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.Database;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.Reports;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class NoticeDeskIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String READS = "select";
  private static final String DELETES = "delete";

  private final Set<String> heard = ConcurrentHashMap.newKeySet();
  private final Vertx vertx = Vertx.vertx();
  private final Meters meters = new Meters();
  private final ErrorReports reports = Reports.of(Clock.system());
  private TestDatabase rows;
  private Database database;
  private PaymentSimulator provider;

  @BeforeEach
  void open(TestDatabase empty) {
    rows = empty;
    database = PartnerDatabase.open(vertx, empty);
    database.show(meters.statements());
    provider =
        new PaymentSimulator(
            vertx, Clock.system(), database, SimulatorSettings.calm(3).withNotices(1), reports);
    await(provider.start());
  }

  @AfterEach
  void close() {
    provider.close();
    await(database.close());
    await(vertx.close());
    rows.execute("TRUNCATE partner.notice, psp.movement");
  }

  @Test
  void notices_that_are_told_and_taken_are_not_looked_for() {
    provider.onNotice(notice -> hear(notice.id()));
    await().atMost(LIMIT).until(() -> reads() >= 1);
    double before = reads();
    long began = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      authorise("calm-" + i);
    }
    untilToldAndForgotten(100);
    double allowed = 1 + Duration.ofNanos(System.nanoTime() - began).toSeconds() / 5.0;
    assertTrue(reads() - before <= allowed, "reads " + (reads() - before));
  }

  @Test
  void a_notice_that_was_not_taken_is_told_again() {
    AtomicBoolean refused = new AtomicBoolean();
    provider.onNotice(
        notice ->
            refused.compareAndSet(false, true)
                ? Future.failedFuture(new Unavailable("away", "nobody hears"))
                : hear(notice.id()));
    authorise("refused");
    untilToldAndForgotten(1, Duration.ofSeconds(5));
    assertTrue(refused.get());
  }

  @Test
  void a_notice_that_nobody_here_knows_of_is_found_in_the_end() {
    provider.onNotice(notice -> hear(notice.id()));
    await().atMost(LIMIT).until(() -> reads() >= 1);
    rows.execute(
        """
        INSERT INTO partner.notice (partner, id, body, due_at)
        VALUES ('payment', 'capture/other',
                '{"id":"capture/other","key":"other","kind":"CAPTURE","approved":true,
                  "reference":"r","at":"2026-11-02T09:00:00Z"}', now())
        """);
    untilToldAndForgotten(1);
  }

  @Test
  void a_flood_of_notices_is_forgotten_in_a_few_transactions() {
    provider.onNotice(notice -> hear(notice.id()));
    long began = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      authorise(5, "flood-" + i + "-");
    }
    untilToldAndForgotten(500);
    double allowed = 2 + Duration.ofNanos(System.nanoTime() - began).toMillis() / 100.0;
    assertTrue(count(DELETES) <= allowed, count(DELETES) + " deletes, allowed " + allowed);
  }

  @Test
  void a_notice_that_is_late_is_found_when_it_is_due() {
    provider.onNotice(notice -> hear(notice.id()));
    await().atMost(LIMIT).until(() -> reads() >= 1);
    provider.use(late().with(Fault.LATE_NOTICE, 1));
    authorise("late");
    untilToldAndForgotten(1, Duration.ofSeconds(5));
  }

  @Test
  void a_request_that_was_held_up_is_found_when_it_is_due() {
    provider.onNotice(notice -> hear(notice.id()));
    await().atMost(LIMIT).until(() -> reads() >= 1);
    provider.use(late().withNotices(1));
    provider.authorise("held-up", pounds(), "tok_late", soon());
    await().atMost(Duration.ofSeconds(5)).until(() -> heard.size() == 1);
    assertEquals(0, rows.number("SELECT count(*) FROM partner.late"));
  }

  @Test
  void a_request_that_could_not_come_in_comes_in_later() {
    Set<String> failed = ConcurrentHashMap.newKeySet();
    reports.hear(
        EnumSet.allOf(ErrorCategory.class),
        ErrorSeverity.LOW,
        report -> failed.add(report.operation()));
    provider.onNotice(notice -> hear(notice.id()));
    provider.use(late().withNotices(1));
    provider.authorise("held-up", pounds(), "tok_late", soon());
    await().atMost(LIMIT).until(() -> rows.number("SELECT count(*) FROM partner.late") == 1);
    rows.execute("ALTER TABLE psp.movement RENAME TO movement_elsewhere");
    await().atMost(LIMIT).until(() -> failed.contains("letting in of a request"));
    rows.execute("ALTER TABLE psp.movement_elsewhere RENAME TO movement");
    untilToldAndForgotten(1);
    assertEquals(0, rows.number("SELECT count(*) FROM partner.late"));
  }

  @Test
  void a_crowd_of_notices_that_waited_is_told_to_the_last() {
    for (int i = 0; i < 1_500; i += 100) {
      authorise(100, "crowd-" + i + "-");
    }
    assertEquals(1_500, rows.number("SELECT count(*) FROM partner.notice"));
    provider.onNotice(notice -> hear(notice.id()));
    untilToldAndForgotten(1_500);
  }

  private Future<?> hear(String id) {
    heard.add(id);
    return Future.succeededFuture();
  }

  private static SimulatorSettings late() {
    Duration soon = Duration.ofMillis(400);
    return SimulatorSettings.calm(3).withDelays(soon, soon, soon);
  }

  private void authorise(int times, String keys) {
    List<Future<?>> asked = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      asked.add(provider.authorise(keys + i, pounds(), "tok_ok", soon()));
    }
    await(Future.all(asked));
  }

  private void authorise(String key) {
    await(provider.authorise(key, pounds(), "tok_ok", soon()));
  }

  private void untilToldAndForgotten(int notices) {
    untilToldAndForgotten(notices, LIMIT);
  }

  private void untilToldAndForgotten(int notices, Duration limit) {
    await()
        .atMost(limit)
        .until(
            () ->
                heard.size() == notices && rows.number("SELECT count(*) FROM partner.notice") == 0);
  }

  private double reads() {
    return count(READS);
  }

  /** So many statements of this kind about notices were answered. */
  private double count(String operation) {
    Matcher line =
        Pattern.compile("operation=\"" + operation + "\",table=\"partner\\.notice\"\\} ([0-9.E]+)")
            .matcher(meters.text());
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }

  private static Money pounds() {
    return new Money(1_000, "GBP");
  }
}
