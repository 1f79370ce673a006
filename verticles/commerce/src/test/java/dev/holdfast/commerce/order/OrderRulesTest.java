package dev.holdfast.commerce.order;

import static dev.holdfast.commerce.order.Samples.MERCHANT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.Decision;
import dev.holdfast.commerce.order.OrderProtocol.AboutOrder;
import dev.holdfast.commerce.order.OrderProtocol.Cancel;
import dev.holdfast.commerce.order.OrderProtocol.CancelRequested;
import dev.holdfast.commerce.order.OrderProtocol.Changed;
import dev.holdfast.commerce.order.OrderProtocol.Confirm;
import dev.holdfast.commerce.order.OrderProtocol.Hold;
import dev.holdfast.commerce.order.OrderProtocol.MarkDelivered;
import dev.holdfast.commerce.order.OrderProtocol.MarkShipped;
import dev.holdfast.commerce.order.OrderProtocol.OrderDelivered;
import dev.holdfast.commerce.order.OrderProtocol.Refuse;
import dev.holdfast.commerce.order.OrderProtocol.Status;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.testing.BatchDriver;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.Outcome;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderRulesTest {
  private static final UUID ID = DerivedId.of("test", 1);
  private static final UUID RUN = DerivedId.of("test", 2);
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static final AboutOrder<?> HOLD = new Hold(MERCHANT, ID, "review");
  private static final AboutOrder<?> CONFIRM = new Confirm(MERCHANT, ID);
  private static final AboutOrder<?> SHIP = new MarkShipped(MERCHANT, ID, "DPD", "JD014");
  private static final AboutOrder<?> DELIVER = new MarkDelivered(MERCHANT, ID, null);
  private static final AboutOrder<?> REFUSE = new Refuse(MERCHANT, ID, "declined", "No.");

  private static OrderBook book(Status status, boolean stocked) {
    OrderBook book = new OrderBook();
    book.loaded(
        new OrderState(
            MERCHANT,
            ID,
            RUN,
            "17850",
            new Money(4242, "GBP"),
            stocked,
            status,
            null,
            null,
            null,
            null,
            null,
            5));
    return book;
  }

  private static Decision change(Status from, AboutOrder<?> command) {
    return OrderRules.change(book(from, true), command, NOW);
  }

  /** The command is done from the given statuses, and refused from all others. */
  private static void assertAllowed(
      AboutOrder<?> command, Status to, Set<Status> changed, Set<Status> unchanged) {
    for (Status from : Status.values()) {
      OrderBook book = book(from, true);
      Decision decision = OrderRules.change(book, command, NOW);
      if (changed.contains(from)) {
        assertEquals(new Changed(ID, 6, to), decision.outcome().orThrow());
        assertEquals(to, book.find(MERCHANT, ID).status());
        assertEquals(1, decision.events().size());
        assertEquals(6, decision.events().getFirst().version());
      } else {
        assertTrue(book.changed().isEmpty(), command + " from " + from);
        assertTrue(decision.events().isEmpty());
        if (unchanged.contains(from)) {
          assertEquals(new Changed(ID, 5, from), decision.outcome().orThrow());
        } else {
          assertEquals("wrong_status", BatchDriver.refusal(decision).code());
        }
      }
    }
  }

  @Test
  void a_change_is_made_from_where_it_may_be_and_repeated_without_effect() {
    assertAllowed(HOLD, Status.HELD, EnumSet.of(Status.PLACED), EnumSet.of(Status.HELD));
    assertAllowed(
        CONFIRM,
        Status.CONFIRMED,
        EnumSet.of(Status.PLACED, Status.HELD),
        EnumSet.of(Status.CONFIRMED));
    assertAllowed(SHIP, Status.SHIPPED, EnumSet.of(Status.CONFIRMED), EnumSet.of(Status.SHIPPED));
    assertAllowed(
        DELIVER, Status.DELIVERED, EnumSet.of(Status.SHIPPED), EnumSet.of(Status.DELIVERED));
    assertAllowed(
        REFUSE,
        Status.REFUSED,
        EnumSet.of(Status.PLACED, Status.HELD, Status.CONFIRMED),
        EnumSet.of(Status.REFUSED, Status.DELIVERED));
  }

  @Test
  void with_nothing_to_ship_an_order_is_delivered_when_it_is_paid() {
    OrderBook book = book(Status.CONFIRMED, false);

    Decision decision = OrderRules.change(book, DELIVER, NOW);

    assertEquals(new Changed(ID, 6, Status.DELIVERED), decision.outcome().orThrow());
    OrderDelivered told = assertInstanceOf(OrderDelivered.class, decision.events().getFirst());
    assertEquals(NOW, told.deliveredAt());
    assertEquals("17850", told.customer());
  }

  @Test
  void cancelling_tells_the_run_and_leaves_the_order_until_it_has_turned_back() {
    for (Status from : List.of(Status.PLACED, Status.HELD, Status.CONFIRMED)) {
      Decision decision = change(from, new Cancel(MERCHANT, ID, "customer_request", 5L));

      assertEquals(new Changed(ID, 5, from), decision.outcome().orThrow());
      var signal = decision.signals().getFirst();
      assertEquals(RUN, signal.runId());
      assertEquals("cancel", signal.name());
      assertEquals(new CancelRequested(ID, "customer_request"), signal.body());
    }
  }

  @Test
  void what_left_the_house_or_is_closed_cannot_be_cancelled() {
    for (Status from : List.of(Status.SHIPPED, Status.DELIVERED, Status.REFUSED)) {
      Decision decision = change(from, new Cancel(MERCHANT, ID, "late", null));

      assertEquals("not_cancellable", BatchDriver.refusal(decision).code());
      assertTrue(decision.signals().isEmpty());
    }
  }

  @Test
  void who_cancels_another_version_is_told_so() {
    Decision decision = change(Status.PLACED, new Cancel(MERCHANT, ID, "late", 4L));

    assertEquals("version_changed", BatchDriver.refusal(decision).code());
    assertTrue(decision.signals().isEmpty());
  }

  @Test
  void an_order_that_is_not_there_is_not_found() {
    for (AboutOrder<?> command : List.of(HOLD, CONFIRM, SHIP, DELIVER, REFUSE)) {
      Decision decision = OrderRules.change(new OrderBook(), command, NOW);

      assertInstanceOf(Outcome.Rejected.class, decision.outcome());
      assertEquals("unknown_order", BatchDriver.refusal(decision).code());
    }
  }
}
