package dev.holdfast.commerce.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.holdfast.commerce.partners.PaymentGateway.Approved;
import dev.holdfast.commerce.partners.PaymentGateway.Declined;
import dev.holdfast.commerce.partners.PaymentGateway.Kind;
import dev.holdfast.commerce.payment.PaymentCall.LetGo;
import dev.holdfast.commerce.payment.PaymentCall.NotFound;
import dev.holdfast.commerce.payment.PaymentProtocol.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettlementRulesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Approved APPROVED = new Approved("psp_1", NOW.plusSeconds(600));
  private static final LetGo GONE = new LetGo("psp_1", NOW.plusSeconds(600));
  private final PaymentSettings settings = PaymentSettings.standard();
  private final SettlementRules rules = new SettlementRules(settings);
  private final Payments work = new Payments();
  private final OrderPayment payment = work.findOrBegin(1, UUID.randomUUID(), "GBP");
  private final Operation authorisation = asked(Kind.AUTHORISE, 1000);

  private Operation asked(Kind kind, long minor) {
    OperationKey key = new OperationKey(1, payment.order, kind, UUID.randomUUID());
    Operation operation = Operation.intent(key, minor, NOW, NOW.plusSeconds(10));
    payment.operations.add(operation);
    return operation;
  }

  private Map<String, Long> balances() {
    return work.postings.stream()
        .collect(
            Collectors.groupingBy(Posting::account, Collectors.summingLong(Posting::amountMinor)));
  }

  @Test
  void a_whole_life_leaves_what_the_provider_owes_us() {
    rules.settle(work, payment, authorisation, APPROVED, NOW);
    rules.settle(work, payment, asked(Kind.CAPTURE, 800), new Approved("psp_2", null), NOW);
    rules.settle(work, payment, asked(Kind.REFUND, 300), new Approved("psp_3", null), NOW);
    assertEquals(
        Map.of(
            "authorised",
            200L,
            "customer",
            -200L,
            "provider",
            500L,
            "sales",
            -800L,
            "refunds",
            300L),
        balances());
    assertEquals(500, payment.leftToRefund());
    assertEquals(200, payment.leftToCapture());
  }

  @Test
  void the_same_word_twice_acts_once() {
    assertEquals(1, rules.settle(work, payment, authorisation, APPROVED, NOW).size());
    assertEquals(0, rules.settle(work, payment, authorisation, APPROVED, NOW).size());
    assertEquals(2, work.postings.size());
  }

  @Test
  void an_authorisation_let_go_leaves_nothing_whether_it_was_known_or_not() {
    rules.turnBack(authorisation, NOW);
    assertEquals(1, rules.letGo(work, payment, authorisation, GONE, NOW, NOW).size());
    assertEquals(0, rules.letGo(work, payment, authorisation, GONE, NOW, NOW).size());
    assertEquals(Map.of("authorised", 0L, "customer", 0L), balances());
    assertEquals(Status.VOIDED, payment.status);
    assertNull(authorisation.checkAt);
  }

  @Test
  void what_is_not_found_is_watched_until_it_can_not_arrive_any_more() {
    rules.turnBack(authorisation, NOW);
    rules.letGo(work, payment, authorisation, new NotFound(), NOW, NOW);
    assertEquals(NOW.plus(settings.watchEvery()), authorisation.checkAt);
    Instant last = NOW.plus(settings.watchFor());
    rules.letGo(work, payment, authorisation, new NotFound(), last, last);
    assertEquals(last.plus(settings.watchEvery()), authorisation.checkAt);
    Instant over = last.plusMillis(1);
    rules.letGo(work, payment, authorisation, new NotFound(), over, over);
    assertNull(authorisation.checkAt);
  }

  /** The undo asked before the late request came in; the forward command's answer came between. */
  @Test
  void a_stale_not_found_does_not_hide_an_authorisation_that_is_known() {
    rules.turnBack(authorisation, NOW);
    rules.settle(work, payment, authorisation, APPROVED, NOW);
    rules.letGo(work, payment, authorisation, new NotFound(), NOW, NOW);
    assertEquals(Operation.State.TURNING_BACK, authorisation.state);
    rules.letGo(work, payment, authorisation, GONE, NOW, NOW.plus(Duration.ofSeconds(5)));
    assertEquals(Operation.State.VOIDED, authorisation.state);
    assertEquals(Map.of("authorised", 0L, "customer", 0L), balances());
  }

  @Test
  void a_decline_that_comes_after_the_undo_ends_the_watch() {
    rules.turnBack(authorisation, NOW);
    rules.letGo(work, payment, authorisation, new NotFound(), NOW, NOW);
    rules.settle(work, payment, authorisation, new Declined("card_declined"), NOW);
    assertEquals(Operation.State.VOIDED, authorisation.state);
    assertNull(authorisation.checkAt);
  }
}
