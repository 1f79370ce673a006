package dev.holdfast.commerce.payment;

import static dev.holdfast.commerce.payment.PaymentStage.MERCHANT;
import static dev.holdfast.commerce.payment.PaymentStage.authorise;
import static dev.holdfast.commerce.payment.PaymentStage.capture;
import static dev.holdfast.commerce.payment.PaymentStage.pounds;
import static dev.holdfast.commerce.payment.PaymentStage.undo;
import static dev.holdfast.commerce.payment.PaymentStage.wish;
import static dev.holdfast.commerce.testing.AgentDatabase.await;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.Decision;
import dev.holdfast.commerce.partners.PaymentGateway.Kind;
import dev.holdfast.commerce.partners.SimulatorSettings;
import dev.holdfast.commerce.payment.PaymentProtocol.Authorised;
import dev.holdfast.commerce.payment.PaymentProtocol.Captured;
import dev.holdfast.commerce.payment.PaymentProtocol.NoticeTaken;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentAuthorised;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentCommand;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentDeclined;
import dev.holdfast.commerce.payment.PaymentProtocol.ProviderNotice;
import dev.holdfast.commerce.payment.PaymentProtocol.Refund;
import dev.holdfast.commerce.payment.PaymentProtocol.Refunded;
import dev.holdfast.commerce.payment.PaymentProtocol.VoidAuthorisation;
import dev.holdfast.commerce.payment.PaymentProtocol.Voided;
import dev.holdfast.commerce.testing.AgentDatabase;
import dev.holdfast.commerce.testing.LaneModel.Wish;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PaymentAgentIT {
  private static PaymentStage stage;
  private final UUID order = UUID.randomUUID();

  @BeforeAll
  static void open(TestDatabase empty) {
    stage =
        new PaymentStage(
            empty,
            SimulatorSettings.calm(7)
                .withDelays(Duration.ofMillis(50), Duration.ofMillis(600), Duration.ofMillis(50)));
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  /** Every test leaves books that agree, ours in themselves and with the provider's. */
  @AfterEach
  void the_books_agree() {
    await()
        .atMost(Duration.ofSeconds(15))
        .until(
            () -> {
              AgentDatabase.await(stage.reconciliation.round());
              return stage.difference("GBP") == null
                  && AgentDatabase.await(stage.books.undecided()) == 0;
            });
  }

  @Test
  void an_amount_is_authorised_and_captured_once_however_often_it_is_asked() {
    Authorised first = done(Authorised.class, authorise(order, 1250, "tok_ok"));
    assertEquals(first, done(Authorised.class, authorise(order, 1250, "tok_ok")));
    Captured captured = done(Captured.class, capture(order, 1250));
    assertEquals(captured, done(Captured.class, capture(order, 1250)));
    assertEquals(pounds(1250), captured.amount());
    assertEquals(
        4 + 2,
        stage.ours.number("SELECT count(*) FROM payment.entry WHERE order_id = '" + order + "'"));
  }

  @Test
  void a_declined_card_is_refused_and_told() {
    assertEquals("payment_declined", refused(authorise(order, 1250, "tok_declined")).code());
    assertEquals(
        1,
        stage.lane.events().stream()
            .filter(event -> event instanceof PaymentDeclined)
            .filter(event -> event.aggregate().equals(order.toString()))
            .count());
    assertEquals("not_authorised", refused(capture(order, 1250)).code());
    assertEquals(new Voided(order, 0), done(Voided.class, undo(authorise(order, 1250, "x"))));
  }

  @Test
  void an_answer_that_timed_out_is_found_by_its_key() {
    Outcome<?> outcome =
        stage.lane.askUntilAnswered(authorise(order, 990, "tok_timeout"), Duration.ofMillis(150));
    assertInstanceOf(Authorised.class, outcome.orThrow());
    assertEquals(
        1,
        stage.theirs.number("SELECT count(*) FROM psp.movement WHERE key LIKE '%" + order + "%'"));
  }

  @Test
  void captures_together_never_pass_what_was_authorised() {
    done(Authorised.class, authorise(order, 1000, "tok_ok"));
    done(Captured.class, wish(new PaymentProtocol.Capture(MERCHANT, order, pounds(600))));
    assertEquals(
        "exceeds_authorised",
        refused(wish(new PaymentProtocol.Capture(MERCHANT, order, pounds(401)))).code());
    done(Captured.class, wish(new PaymentProtocol.Capture(MERCHANT, order, pounds(400))));
    assertEquals(
        "already_captured",
        refused(wish(new VoidAuthorisation(MERCHANT, order, "too late"))).code());
  }

  @Test
  void a_capture_under_way_counts_as_taken() {
    done(Authorised.class, authorise(order, 1000, "tok_ok"));
    Wish<PaymentCommand<?>> first = capture(order, 700);
    Decision prepared = await(stage.lane.pass(first, null));
    assertNotNull(prepared.outside());
    assertEquals(
        "exceeds_authorised",
        refused(wish(new PaymentProtocol.Capture(MERCHANT, order, pounds(400)))).code());
    done(Captured.class, first);
  }

  @Test
  void an_authorisation_is_let_go_by_its_undo() {
    Wish<PaymentCommand<?>> forward = authorise(order, 500, "tok_ok");
    done(Authorised.class, forward);
    assertEquals(new Voided(order, 500), done(Voided.class, undo(forward)));
    assertEquals("not_authorised", refused(capture(order, 500)).code());
  }

  @Test
  void an_undo_that_comes_first_leaves_the_forward_command_nothing_to_do() {
    Wish<PaymentCommand<?>> forward = authorise(order, 500, "tok_ok");
    assertEquals(new Voided(order, 0), done(Voided.class, undo(forward)));
    assertEquals(Refusal.VOIDED, refused(forward).code());
    assertEquals(
        0,
        stage.theirs.number("SELECT count(*) FROM psp.movement WHERE key LIKE '%" + order + "%'"));
  }

  @Test
  void an_authorisation_held_up_until_after_the_undos_question_is_voided_when_it_turns_up() {
    Wish<PaymentCommand<?>> forward = authorise(order, 500, "tok_late");
    Decision prepared = await(stage.lane.pass(forward, null));
    stage.lane.call(prepared, Duration.ofMillis(50));
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> stage.theirs.number("SELECT count(*) FROM partner.late") == 1);
    assertEquals(new Voided(order, 0), done(Voided.class, undo(forward)));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              AgentDatabase.await(stage.reconciliation.round());
              return stage.theirs.number(
                      "SELECT count(*) FROM psp.movement WHERE voided AND key LIKE '%"
                          + order
                          + "%'")
                  == 1;
            });
    assertEquals(Refusal.VOIDED, refused(forward).code());
  }

  @Test
  void an_answer_that_comes_after_the_undo_is_kept_and_voided() {
    Wish<PaymentCommand<?>> forward = authorise(order, 500, "tok_ok");
    Decision prepared = await(stage.lane.pass(forward, null));
    done(Voided.class, undo(forward));
    Object answer = await(stage.lane.call(prepared, Duration.ofSeconds(2)));
    Decision settled = await(stage.lane.pass(forward, answer));
    assertEquals(1, settled.timers().size());
    assertEquals(
        1,
        stage.ours.number(
            "SELECT count(*) FROM payment.operation WHERE state = 'TURNING_BACK' AND order_id = '"
                + order
                + "'"));
  }

  @Test
  void a_refund_takes_from_the_oldest_order_first_and_never_more_than_was_captured() {
    UUID older = UUID.randomUUID();
    buy(older, 300);
    buy(order, 1000);
    Refunded refunded = done(Refunded.class, refund(500, older, order));
    assertEquals(
        List.of(pounds(300), pounds(200)),
        refunded.parts().stream().map(PaymentProtocol.RefundPart::amount).toList());
    assertEquals("exceeds_captured", refused(refund(801, older, order)).code());
    assertEquals(1, done(Refunded.class, refund(800, older, order)).parts().size());
    assertEquals(List.of(), done(Refunded.class, refund(0, older, order)).parts());
  }

  @Test
  void a_notice_brings_what_the_lost_answer_would_have_brought() {
    Wish<PaymentCommand<?>> forward = authorise(order, 750, "tok_ok");
    Decision prepared = await(stage.lane.pass(forward, null));
    await(stage.lane.call(prepared, Duration.ofSeconds(2)));
    OperationKey key = new OperationKey(MERCHANT, order, Kind.AUTHORISE, forward.id().value());
    ProviderNotice notice =
        new ProviderNotice(MERCHANT, order, key.text(), "authorise", true, "psp_1", Instant.now());
    assertTrue(done(NoticeTaken.class, wish(notice)).news());
    assertEquals(false, done(NoticeTaken.class, wish(notice)).news());
    assertEquals(
        1,
        stage.lane.events().stream()
            .filter(event -> event instanceof PaymentAuthorised)
            .filter(event -> event.aggregate().equals(order.toString()))
            .count());
    done(Authorised.class, forward);
  }

  @Test
  void a_forged_notice_settles_nothing() {
    Wish<PaymentCommand<?>> forward = authorise(order, 750, "tok_ok");
    await(stage.lane.pass(forward, null));
    OperationKey key = new OperationKey(MERCHANT, order, Kind.AUTHORISE, forward.id().value());
    ProviderNotice forged =
        new ProviderNotice(
            MERCHANT, order, key.text(), "authorise", true, "psp_forged", Instant.now());
    assertEquals(false, done(NoticeTaken.class, wish(forged)).news());
    done(Voided.class, undo(forward));
  }

  @Test
  void an_outage_leaves_the_intent_and_the_next_ask_carries_it_out() {
    stage.provider.out(true);
    Wish<PaymentCommand<?>> forward = authorise(order, 100, "tok_ok");
    assertEquals(
        "partner_unreachable",
        assertThrows(
                Unavailable.class, () -> await(stage.lane.ask(forward, Duration.ofMillis(100))))
            .code());
    stage.provider.out(false);
    done(Authorised.class, forward);
  }

  private static void buy(UUID order, long minor) {
    done(Authorised.class, authorise(order, minor, "tok_ok"));
    done(Captured.class, capture(order, minor));
  }

  private static Wish<PaymentCommand<?>> refund(long minor, UUID... orders) {
    return wish(new Refund(MERCHANT, UUID.randomUUID(), List.of(orders), pounds(minor)));
  }

  private static <R> R done(Class<R> type, Wish<PaymentCommand<?>> wish) {
    return type.cast(stage.ask(wish).orThrow());
  }

  private static Refusal refused(Wish<PaymentCommand<?>> wish) {
    return assertInstanceOf(Outcome.Rejected.class, stage.ask(wish)).why();
  }
}
