package dev.holdfast.commerce.aftersales;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.Decision;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.AboutReturn;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Complete;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Condition;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Inspect;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Inspected;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Judge;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Judged;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.RefuseReturn;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnChanged;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnReason;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnRefunded;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Status;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Terms;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.testing.BatchDriver;
import dev.holdfast.kernel.DerivedId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReturnRulesTest {
  private static final UUID ID = DerivedId.of("test", 1);
  private static final UUID RUN = DerivedId.of("test", 2);
  private static final Instant DELIVERED = Instant.parse("2010-12-01T10:00:00Z");

  private static CaseBook book(ReturnReason reason, Terms terms, Status status, Instant requested) {
    CaseBook book = new CaseBook();
    book.loaded(
        new ReturnState(
            7,
            ID,
            RUN,
            reason,
            terms,
            requested,
            new Money(2550, "GBP"),
            status,
            new Money(2550, "GBP"),
            null,
            null,
            null,
            null,
            null,
            null,
            3));
    return book;
  }

  private static CaseBook book(Terms terms, Status status) {
    return book(ReturnReason.CHANGED_MIND, terms, status, DELIVERED);
  }

  @ParameterizedTest
  @CsvSource({
    "CHANGED_MIND, 30, 2050",
    "BETTER_PRICE, 30, 2050",
    "OTHER, 30, 2050",
    "NOT_AS_DESCRIBED, 30, 2550",
    "WRONG_ITEM, 30, 2550",
    "PRODUCT_DEFECT, 90, 2550",
    "DAMAGED_IN_SHIPPING, 90, 2550",
  })
  void the_reason_gives_window_and_carriage(ReturnReason reason, int days, long refund) {
    Instant last = DELIVERED.plus(Duration.ofDays(days));
    CaseBook inTime = book(reason, Terms.POLICY, Status.OPEN, last);
    CaseBook late = book(reason, Terms.POLICY, Status.OPEN, last.plusMillis(1));
    Judge judge = new Judge(7, ID, DELIVERED);

    assertEquals(
        new Judged(ID, new Money(refund, "GBP"), true),
        ReturnRules.change(inTime, judge).outcome().orThrow());
    assertEquals(Status.APPROVED, inTime.find(7, ID).status());
    assertEquals("outside_window", BatchDriver.refusal(ReturnRules.change(late, judge)).code());
    assertEquals(Status.OPEN, late.find(7, ID).status());
  }

  @Test
  void carriage_never_makes_a_refund_negative() {
    CaseBook book = new CaseBook();
    book.loaded(
        new ReturnState(
            7,
            ID,
            RUN,
            ReturnReason.OTHER,
            Terms.POLICY,
            DELIVERED,
            new Money(499, "GBP"),
            Status.OPEN,
            new Money(499, "GBP"),
            null,
            null,
            null,
            null,
            null,
            null,
            1));

    Decision decision = ReturnRules.change(book, new Judge(7, ID, DELIVERED));

    assertEquals(new Judged(ID, Money.zero("GBP"), true), decision.outcome().orThrow());
  }

  @Test
  void a_return_from_the_merchants_books_knows_no_window_fee_or_inspection() {
    CaseBook book =
        book(
            ReturnReason.OTHER,
            Terms.AS_RECORDED,
            Status.OPEN,
            DELIVERED.plus(Duration.ofDays(1_000)));

    Decision judged = ReturnRules.change(book, new Judge(7, ID, null));
    assertEquals(new Judged(ID, new Money(2550, "GBP"), false), judged.outcome().orThrow());
    assertEquals(
        "not_awaited",
        BatchDriver.refusal(ReturnRules.change(book, new Inspect(7, ID, Condition.LIKE_NEW, "jo")))
            .code());

    Decision completed = ReturnRules.change(book, new Complete(7, ID, true));
    assertEquals(new ReturnChanged(ID, 5, Status.REFUNDED), completed.outcome().orThrow());
    assertEquals(
        new ReturnRefunded(7, ID.toString(), 5, 2550, "GBP"), completed.events().getFirst());
  }

  @Test
  void judged_again_a_return_gets_the_same_answer() {
    CaseBook book = book(Terms.POLICY, Status.OPEN);
    Judge judge = new Judge(7, ID, DELIVERED);

    Decision first = ReturnRules.change(book, judge);
    Decision second = ReturnRules.change(book, judge);

    assertEquals(first.outcome(), second.outcome());
    assertTrue(second.events().isEmpty());
    assertEquals(4, book.find(7, ID).version());
  }

  @Test
  void goods_are_inspected_once_and_the_run_is_told() {
    CaseBook book = book(Terms.POLICY, Status.APPROVED);
    Inspect inspect = new Inspect(7, ID, Condition.USED, "jo");

    Decision decision = ReturnRules.change(book, inspect);

    assertEquals(new Inspected(ID, Condition.USED), decision.outcome().orThrow());
    var signal = decision.signals().getFirst();
    assertEquals(RUN, signal.runId());
    assertEquals("inspected", signal.name());
    assertEquals(new Inspected(ID, Condition.USED), signal.body());
    assertEquals("not_awaited", BatchDriver.refusal(ReturnRules.change(book, inspect)).code());
  }

  @Test
  void under_the_policy_there_is_no_refund_before_the_inspection() {
    assertEquals("wrong_status", code(Terms.POLICY, Status.OPEN, new Complete(7, ID, true)));
    assertEquals("wrong_status", code(Terms.POLICY, Status.APPROVED, new Complete(7, ID, true)));
    assertEquals("wrong_status", code(Terms.POLICY, Status.REFUSED, new Complete(7, ID, true)));
    assertEquals("wrong_status", code(Terms.AS_RECORDED, Status.OPEN, new Complete(7, ID, true)));
  }

  private static String code(Terms terms, Status status, AboutReturn<?> command) {
    return BatchDriver.refusal(ReturnRules.change(book(terms, status), command)).code();
  }

  @Test
  void a_closed_return_stays_as_it_is() {
    RefuseReturn refuse = new RefuseReturn(7, ID, "unknown_purchase", "Never bought.");
    for (Status closed : new Status[] {Status.REFUNDED, Status.REFUSED}) {
      CaseBook book = book(Terms.POLICY, closed);
      Decision decision = ReturnRules.change(book, refuse);

      assertEquals(new ReturnChanged(ID, 3, closed), decision.outcome().orThrow());
      assertTrue(book.changed().isEmpty());
    }
    for (Status open : new Status[] {Status.OPEN, Status.APPROVED, Status.INSPECTED}) {
      CaseBook book = book(Terms.POLICY, open);

      assertEquals(
          new ReturnChanged(ID, 4, Status.REFUSED),
          ReturnRules.change(book, refuse).outcome().orThrow());
      assertEquals("unknown_purchase", book.find(7, ID).refusalCode());
    }
  }

  @Test
  void the_number_for_people_follows_from_the_return_and_its_day() {
    String rma = RequestRules.rma(ID, DELIVERED);

    assertTrue(rma.matches("RMA-20101201-[0-9A-HJKMNP-TV-Z]{12}"), rma);
    assertEquals(rma, RequestRules.rma(ID, DELIVERED));
    assertTrue(!rma.equals(RequestRules.rma(RUN, DELIVERED)));
  }

  @Test
  void a_return_that_is_not_there_is_not_found() {
    assertEquals(
        "unknown_return",
        BatchDriver.refusal(ReturnRules.change(new CaseBook(), new Complete(7, ID, true))).code());
  }
}
