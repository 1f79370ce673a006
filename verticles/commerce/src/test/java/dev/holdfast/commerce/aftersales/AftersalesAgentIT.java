package dev.holdfast.commerce.aftersales;

import static dev.holdfast.commerce.testing.AgentDatabase.await;
import static dev.holdfast.commerce.testing.AgentDatabase.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.Decision;
import dev.holdfast.bus.QueryRefused;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.AftersalesCommand;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Complete;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Condition;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Inspect;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Judge;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.RefuseReturn;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.RequestReturn;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Return;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnById;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnByNumber;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnByRma;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnLine;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnOpened;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnPage;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnReason;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Returns;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Status;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Takeback;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Terms;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.commerce.testing.AgentDatabase;
import dev.holdfast.commerce.testing.BatchDriver;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Query;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class AftersalesAgentIT {
  private static final int MERCHANT = 7;
  private static final Instant MORNING = Instant.parse("2010-12-01T09:41:00Z");

  private static AgentDatabase database;
  private static AftersalesAgent agent;
  private static BatchDriver<AftersalesCommand<?>, CaseBook> lane;

  @BeforeAll
  static void open(TestDatabase server) {
    database = new AgentDatabase(server, "aftersales");
    agent = new AftersalesAgent(null, database.database());
    lane = new BatchDriver<>(agent, database.database());
  }

  @BeforeEach
  void empty(TestDatabase server) {
    server.execute("TRUNCATE aftersales.return_case, aftersales.return_line");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @SuppressWarnings("unchecked")
  private static <R> R ask(Query<R> query) {
    return (R) await(agent.answer(query, soon()));
  }

  private static RequestReturn request(String number, String customer, Instant at, Terms terms) {
    return new RequestReturn(
        MERCHANT,
        "online-retail",
        number,
        customer,
        null,
        List.of(
            new ReturnLine("85123A", 3, new BigDecimal("2.55")),
            new ReturnLine("22752", 1, new BigDecimal("0.425")),
            new ReturnLine("85123A", 1, new BigDecimal("2.55"))),
        "GBP",
        ReturnReason.CHANGED_MIND,
        at,
        terms);
  }

  private static RequestReturn request(String number) {
    return request(number, "17850", MORNING, Terms.POLICY);
  }

  @Test
  void a_return_is_kept_as_it_was_asked_for_and_its_run_knows_all_it_needs() {
    Decision decision = lane.decide(request("C536379"));

    ReturnOpened opened = (ReturnOpened) decision.outcome().orThrow();
    assertEquals(new Money(765 + 43 + 255, "GBP"), opened.refund());
    var start = decision.runs().getFirst();
    assertEquals(
        DerivedId.at(MORNING, "run", "return-to-refund", opened.returnId()), start.runId());
    assertEquals("return-to-refund", start.definition());
    Takeback told = (Takeback) start.input();
    assertEquals(List.of(new Units("85123A", 4), new Units("22752", 1)), told.lines());
    assertEquals(opened.refund(), told.refund());
    assertEquals(told, RecordJson.read(RecordJson.write(told), Takeback.class));

    Return kept = ask(new ReturnById(MERCHANT, opened.returnId()));
    assertEquals(Status.OPEN, kept.status());
    assertEquals(opened.refund(), kept.refund());
    assertEquals(request("C536379").lines(), kept.lines());
    assertEquals(MORNING, kept.requestedAt());
    assertEquals(kept, ask(new ReturnByNumber(MERCHANT, "online-retail", "C536379")));
    assertEquals(kept, ask(new ReturnByRma(MERCHANT, opened.rma())));
  }

  @Test
  void a_return_goes_its_way_and_each_change_is_kept() {
    UUID id = lane.done(request("C1"), ReturnOpened.class).returnId();

    lane.decide(new Judge(MERCHANT, id, MORNING.minusSeconds(60)));
    lane.decide(new Inspect(MERCHANT, id, Condition.LIKE_NEW, "jo"));
    lane.decide(new Complete(MERCHANT, id, true));

    Return kept = ask(new ReturnById(MERCHANT, id));
    assertEquals(Status.REFUNDED, kept.status());
    assertEquals(new Money(1063 - 500, "GBP"), kept.refund());
    assertEquals(Condition.LIKE_NEW, kept.condition());
    assertEquals(4, kept.version());
  }

  @Test
  void a_refused_return_keeps_its_reason_and_what_was_asked_for(TestDatabase server) {
    UUID id = lane.done(request("C1"), ReturnOpened.class).returnId();

    lane.decide(new RefuseReturn(MERCHANT, id, "unknown_purchase", "Never bought."));

    Return kept = ask(new ReturnById(MERCHANT, id));
    assertEquals(Status.REFUSED, kept.status());
    assertEquals("unknown_purchase", kept.refusalCode());
    assertEquals(1063, server.number("SELECT sum(asked_minor) FROM aftersales.return_case"));
  }

  @Test
  void two_lanes_with_the_same_numbers_open_each_return_once(TestDatabase server) {
    List<Future<List<Decision>>> lanes = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      int base = round * 10;
      List<RequestReturn> up =
          IntStream.range(0, 10).mapToObj(n -> request("C" + (base + n))).toList();
      lanes.add(lane.start(up));
      lanes.add(lane.start(up.reversed()));
    }

    List<Decision> all = lanes.stream().flatMap(batch -> await(batch).stream()).toList();

    assertEquals(100, all.stream().filter(d -> d.outcome() instanceof Outcome.Done<?>).count());
    assertTrue(
        all.stream()
            .filter(d -> d.outcome() instanceof Outcome.Rejected<?>)
            .allMatch(d -> BatchDriver.refusal(d).code().equals("already_recorded")));
    assertEquals(100, server.number("SELECT count(DISTINCT rma) FROM aftersales.return_case"));
  }

  @Test
  void a_field_outside_its_limits_is_refused_by_its_name(TestDatabase server) {
    RequestReturn good = request("C1");
    RequestReturn bad =
        new RequestReturn(
            MERCHANT,
            good.source(),
            good.externalNumber(),
            null,
            null,
            List.of(new ReturnLine("85123A", -1, BigDecimal.ONE)),
            "GBP",
            ReturnReason.OTHER,
            MORNING,
            Terms.POLICY);

    var why = lane.refused(bad);

    assertEquals("invalid_units", why.code());
    assertTrue(why.message().startsWith("lines[0].units "), why.message());
    assertEquals(0, server.number("SELECT count(*) FROM aftersales.return_case"));
  }

  @Test
  void pages_go_through_all_returns_once_latest_first() {
    lane.batch(
        IntStream.range(0, 15)
            .mapToObj(
                n ->
                    request(
                        "C" + n,
                        n % 3 == 0 ? "c3" : null,
                        MORNING.plusSeconds(n / 2),
                        Terms.POLICY))
            .toList());

    List<Return> all = new ArrayList<>();
    Returns page = ask(new ReturnPage(MERCHANT, null, null, null, 4));
    while (!page.returns().isEmpty()) {
      all.addAll(page.returns());
      Return last = page.returns().getLast();
      page = ask(new ReturnPage(MERCHANT, null, last.requestedAt(), last.returnId(), 4));
    }

    assertEquals(15, all.stream().map(Return::returnId).distinct().count());
    assertEquals(15, all.size());
    assertEquals(5, ask(new ReturnPage(MERCHANT, "c3", null, null, 100)).returns().size());
  }

  @Test
  void what_is_not_there_is_refused_as_unknown() {
    UUID id = DerivedId.of("test", "none");

    QueryRefused refused =
        assertThrows(QueryRefused.class, () -> ask(new ReturnById(MERCHANT, id)));

    assertEquals("unknown_return", refused.why().code());
    assertEquals("unknown_return", lane.refused(new Complete(MERCHANT, id, false)).code());
  }
}
