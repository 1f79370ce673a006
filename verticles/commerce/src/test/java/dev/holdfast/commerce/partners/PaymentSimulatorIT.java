package dev.holdfast.commerce.partners;

import static dev.holdfast.commerce.testing.AgentDatabase.await;
import static dev.holdfast.commerce.testing.AgentDatabase.soon;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.commerce.partners.PaymentGateway.Answer;
import dev.holdfast.commerce.partners.PaymentGateway.Approved;
import dev.holdfast.commerce.partners.PaymentGateway.Declined;
import dev.holdfast.commerce.partners.PaymentGateway.Movement;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.testing.PartnerDatabase;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.Database;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.Reports;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PaymentSimulatorIT {
  private static final SimulatorSettings CALM =
      SimulatorSettings.calm(3)
          .withDelays(Duration.ofMillis(60), Duration.ofMillis(500), Duration.ofMillis(300));
  private static final String WAITING_FOR_LOCK =
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
          + " AND datname = current_database()";

  private static TestDatabase rows;
  private static Vertx vertx;
  private static Database database;
  private final String key = "k-" + UUID.randomUUID();
  private PaymentSimulator provider;

  @BeforeAll
  static void open(TestDatabase empty) {
    rows = empty;
    vertx = Vertx.vertx();
    database = PartnerDatabase.open(vertx, empty);
  }

  @AfterAll
  static void close() {
    await(database.close());
    await(vertx.close());
  }

  @BeforeEach
  void start() {
    provider = started(CALM);
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private static PaymentSimulator started(SimulatorSettings settings) {
    PaymentSimulator one =
        new PaymentSimulator(vertx, Clock.system(), database, settings, Reports.of(Clock.system()));
    await(one.start());
    return one;
  }

  @Test
  void a_key_takes_effect_once_also_when_it_is_asked_twice_at_the_same_moment() {
    List<Future<Answer>> asked = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      asked.add(authorise(key, "tok_ok"));
    }
    HashSet<Answer> answers = new HashSet<>();
    asked.forEach(one -> answers.add(await(one)));
    assertEquals(1, answers.size());
    assertEquals(1, movements(key));
  }

  @Test
  void a_key_that_another_process_is_writing_gets_the_answer_that_is_in_the_books()
      throws SQLException {
    approved(authorise(key, "tok_ok"));
    try (Connection other = rows.connect();
        Statement sql = other.createStatement()) {
      other.setAutoCommit(false);
      sql.execute(
          """
          INSERT INTO psp.movement
            (key, kind, amount_minor, currency, reference, authorisation, at, expires_at)
          SELECT key || '-twin', kind, amount_minor, currency, 'psp_twin', 'psp_twin', at, expires_at
          FROM psp.movement
          WHERE key = '%s'
          """
              .formatted(key));
      Future<Answer> twin = authorise(key + "-twin", "tok_ok");
      await().atMost(Duration.ofSeconds(5)).until(() -> rows.number(WAITING_FOR_LOCK) > 0);
      other.commit();
      assertEquals("psp_twin", approved(twin).reference());
    }
    assertEquals(1, movements(key + "-twin"));
  }

  @Test
  void limits_hold_on_the_providers_side_as_well() {
    String reference = approved(authorise(key, "tok_ok")).reference();
    assertInstanceOf(Approved.class, await(capture("a", reference, 700)));
    assertEquals(new Declined("exceeds_authorised"), await(capture("b", reference, 301)));
    assertEquals(
        new Declined("already_captured"),
        await(provider.voidAuthorisation(key + "v", reference, soon())));
    assertInstanceOf(
        Approved.class, await(provider.refund(key + "r", reference, pounds(700), soon())));
    assertEquals(
        new Declined("exceeds_captured"),
        await(provider.refund(key + "s", reference, pounds(1), soon())));
  }

  @Test
  void an_answer_that_times_out_took_effect_and_fails_at_the_deadline() {
    Future<Answer> asked =
        provider.authorise(
            key, pounds(1000), "tok_timeout", Deadline.in(Duration.ofMillis(80), Clock.system()));
    assertEquals("deadline_passed", assertThrows(Unavailable.class, () -> await(asked)).code());
    assertEquals(1, movements(key));
    assertInstanceOf(Approved.class, await(authorise(key, "tok_timeout")));
    assertEquals(1, movements(key));
  }

  @Test
  void a_request_that_is_held_up_takes_effect_later_also_after_a_restart() {
    provider.authorise(
        key, pounds(1000), "tok_late", Deadline.in(Duration.ofMillis(50), Clock.system()));
    await().atMost(Duration.ofSeconds(5)).until(() -> rows.number(late(key)) == 1);
    assertTrue(await(provider.find(key, soon())).isEmpty());
    provider.close();
    provider = started(CALM);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> movements(key) == 1 && rows.number(late(key)) == 0);
    assertTrue(await(provider.find(key, soon())).map(Movement::approved).orElse(false));
  }

  @Test
  void a_request_that_another_process_held_up_goes_through_when_it_is_asked_again() {
    provider.use(CALM.withDelays(Duration.ZERO, Duration.ofMinutes(1), Duration.ZERO));
    provider.authorise(
        key, pounds(1000), "tok_late", Deadline.in(Duration.ofMillis(50), Clock.system()));
    await().atMost(Duration.ofSeconds(5)).until(() -> rows.number(late(key)) == 1);
    PaymentSimulator other = started(CALM);
    approved(other.authorise(key, pounds(1000), "tok_late", soon()));
    other.close();
    assertEquals(1, movements(key));
    rows.execute("DELETE FROM partner.late");
  }

  @Test
  void a_notice_not_taken_is_told_again_also_after_a_restart_and_a_double_one_has_one_id() {
    provider.use(CALM.with(Fault.DUPLICATE_NOTICE, 1));
    List<String> refused = new CopyOnWriteArrayList<>();
    provider.onNotice(
        notice -> {
          refused.add(notice.id());
          return Future.failedFuture(new Unavailable("away", "nobody hears"));
        });
    await(authorise(key, "tok_ok"));
    await().atMost(Duration.ofSeconds(5)).until(() -> !refused.isEmpty());
    provider.close();
    provider = started(CALM);
    List<String> heard = new CopyOnWriteArrayList<>();
    provider.onNotice(
        notice -> {
          heard.add(notice.id());
          return Future.succeededFuture();
        });
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> rows.number("SELECT count(*) FROM partner.notice") == 0);
    assertEquals(List.of("authorise/" + key, "authorise/" + key), heard);
    assertEquals(1, await(provider.faults(soon())).get(Fault.DUPLICATE_NOTICE));
  }

  @Test
  void books_that_were_begun_with_another_index_go_on() {
    String reference = approved(authorise(key, "tok_ok")).reference();
    provider.close();
    rows.execute("DROP INDEX psp.movement_authorisation");
    rows.execute("ALTER TABLE psp.movement ADD UNIQUE (reference)");
    provider = started(CALM);
    provider.close();
    provider = started(CALM);
    assertInstanceOf(Approved.class, await(capture("a", reference, 700)));
    assertEquals(
        1,
        rows.number(
            "SELECT count(*) FROM pg_index WHERE indrelid = 'psp.movement'::regclass"
                + " AND pg_get_indexdef(indexrelid) LIKE '%(reference)%'"));
    assertEquals(
        1,
        rows.number(
            "SELECT count(*) FROM pg_indexes WHERE indexname = 'movement_authorisation'"
                + " AND schemaname = 'psp'"));
  }

  @Test
  void the_ledger_is_read_page_by_page_in_the_order_of_its_numbers() {
    for (int i = 0; i < 5; i++) {
      approved(authorise(key + "-" + i, "tok_ok"));
    }
    long after = 0;
    List<String> seen = new ArrayList<>();
    List<Movement> page = await(provider.ledger(after, 2, soon()));
    while (!page.isEmpty()) {
      for (Movement movement : page) {
        assertTrue(movement.number() > after, movement.key());
        after = movement.number();
        seen.add(movement.key());
      }
      page = await(provider.ledger(after, 2, soon()));
    }
    assertEquals(rows.number("SELECT count(*) FROM psp.movement"), seen.size());
    assertTrue(seen.contains(key + "-4"));
  }

  @Test
  void a_flood_shares_its_commits() {
    long before = commits();
    List<Future<Answer>> asked = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      asked.add(authorise(key + i, "tok_ok"));
    }
    await(Future.all(asked));
    // The server counts late; what it has not counted yet can only make this easier to pass.
    assertTrue(commits() - before < 200, "commits " + (commits() - before));
    assertEquals(1_000, rows.number(count("key LIKE '" + key + "%'")));
  }

  private static long commits() {
    return rows.number(
        "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()");
  }

  private Future<Answer> authorise(String under, String token) {
    return provider.authorise(under, pounds(1000), token, soon());
  }

  private Future<Answer> capture(String part, String reference, long minor) {
    return provider.capture(key + part, reference, pounds(minor), soon());
  }

  private static Approved approved(Future<Answer> asked) {
    return assertInstanceOf(Approved.class, await(asked));
  }

  private static long movements(String under) {
    return rows.number(count("key = '" + under + "'"));
  }

  private static String count(String which) {
    return "SELECT count(*) FROM psp.movement WHERE " + which;
  }

  private static String late(String under) {
    return "SELECT count(*) FROM partner.late WHERE key = '" + under + "'";
  }

  private static Money pounds(long minor) {
    return new Money(minor, "GBP");
  }
}
