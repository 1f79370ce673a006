package dev.holdfast.commerce.order;

import dev.holdfast.agent.Decision;
import dev.holdfast.agent.RunSignal;
import dev.holdfast.commerce.order.OrderProtocol.AboutOrder;
import dev.holdfast.commerce.order.OrderProtocol.Cancel;
import dev.holdfast.commerce.order.OrderProtocol.CancelRequested;
import dev.holdfast.commerce.order.OrderProtocol.Confirm;
import dev.holdfast.commerce.order.OrderProtocol.Hold;
import dev.holdfast.commerce.order.OrderProtocol.MarkDelivered;
import dev.holdfast.commerce.order.OrderProtocol.MarkShipped;
import dev.holdfast.commerce.order.OrderProtocol.OrderConfirmed;
import dev.holdfast.commerce.order.OrderProtocol.OrderDelivered;
import dev.holdfast.commerce.order.OrderProtocol.OrderHeld;
import dev.holdfast.commerce.order.OrderProtocol.OrderRefused;
import dev.holdfast.commerce.order.OrderProtocol.OrderShipped;
import dev.holdfast.commerce.order.OrderProtocol.Refuse;
import dev.holdfast.commerce.order.OrderProtocol.Status;
import dev.holdfast.commerce.shared.Field;
import dev.holdfast.kernel.Event;
import dev.holdfast.kernel.Refusal;
import java.time.Instant;

/**
 * The life of an order that is there: placed, perhaps held, confirmed, shipped, delivered; refused
 * at any time before it ships. A change that was made already is done again and changes nothing.
 */
final class OrderRules {
  /** The signal that makes an order's run turn back. */
  static final String CANCEL = "cancel";

  private static final int MAX_TEXT = 1_000;

  private OrderRules() {}

  /** Decides a change of one order. */
  static Decision change(OrderBook book, AboutOrder<?> command, Instant now) {
    OrderState order = book.find(command.merchant(), command.order());
    if (order == null) {
      return Decision.rejected(
          Refusal.notFound("unknown_order", "There is no order " + command.order() + "."));
    }
    return switch (command) {
      case Hold hold -> hold(book, order, hold);
      case Confirm confirm -> confirm(book, order);
      case MarkShipped shipped -> ship(book, order, shipped);
      case MarkDelivered delivered -> deliver(book, order, delivered, now);
      case Refuse refuse -> refuse(book, order, refuse);
      case Cancel cancel -> cancel(order, cancel);
    };
  }

  private static Decision hold(OrderBook book, OrderState order, Hold command) {
    return switch (order.status()) {
      case PLACED -> {
        OrderState next = order.to(Status.HELD);
        yield changed(
            book,
            next,
            new OrderHeld(next.merchant(), next.aggregate(), next.version(), command.reason()));
      }
      case HELD -> unchanged(order);
      case CONFIRMED, SHIPPED, DELIVERED, REFUSED -> wrongStatus(order);
    };
  }

  private static Decision confirm(OrderBook book, OrderState order) {
    return switch (order.status()) {
      case PLACED, HELD -> {
        OrderState next = order.to(Status.CONFIRMED);
        yield changed(
            book, next, new OrderConfirmed(next.merchant(), next.aggregate(), next.version()));
      }
      case CONFIRMED -> unchanged(order);
      case SHIPPED, DELIVERED, REFUSED -> wrongStatus(order);
    };
  }

  private static Decision ship(OrderBook book, OrderState order, MarkShipped command) {
    Refusal refusal =
        Field.first(
            () -> Field.textOrNull("carrier", command.carrier(), MAX_TEXT),
            () -> Field.textOrNull("tracking", command.tracking(), MAX_TEXT));
    if (refusal != null) {
      return Decision.rejected(refusal);
    }
    return switch (order.status()) {
      case CONFIRMED -> {
        OrderState next = order.shipped(command.carrier(), command.tracking());
        yield changed(
            book,
            next,
            new OrderShipped(
                next.merchant(), next.aggregate(), next.version(), command.tracking()));
      }
      case SHIPPED -> unchanged(order);
      case PLACED, HELD, DELIVERED, REFUSED -> wrongStatus(order);
    };
  }

  private static Decision deliver(
      OrderBook book, OrderState order, MarkDelivered command, Instant now) {
    Instant at = command.deliveredAt() == null ? now : command.deliveredAt();
    Refusal refusal = Field.time("deliveredAt", at);
    if (refusal != null) {
      return Decision.rejected(refusal);
    }
    return switch (order.status()) {
      case SHIPPED -> delivered(book, order.delivered(at));
      // With nothing to ship, an order is delivered when it stands and is paid.
      case CONFIRMED -> order.stocked() ? wrongStatus(order) : delivered(book, order.delivered(at));
      case DELIVERED -> unchanged(order);
      case PLACED, HELD, REFUSED -> wrongStatus(order);
    };
  }

  private static Decision delivered(OrderBook book, OrderState next) {
    return changed(
        book,
        next,
        new OrderDelivered(
            next.merchant(),
            next.aggregate(),
            next.version(),
            next.customer(),
            next.total().minor(),
            next.total().currency(),
            next.deliveredAt()));
  }

  private static Decision refuse(OrderBook book, OrderState order, Refuse command) {
    Refusal refusal =
        Field.first(
            () -> Field.text("code", command.code(), MAX_TEXT),
            () -> Field.textOrNull("message", command.message(), MAX_TEXT));
    if (refusal != null) {
      return Decision.rejected(refusal);
    }
    return switch (order.status()) {
      case PLACED, HELD, CONFIRMED -> {
        OrderState next = order.refused(command.code(), command.message());
        yield changed(
            book,
            next,
            new OrderRefused(next.merchant(), next.aggregate(), next.version(), command.code()));
      }
      case DELIVERED, REFUSED -> unchanged(order);
      case SHIPPED -> wrongStatus(order);
    };
  }

  /** The order itself changes when its run has turned back, by {@link Refuse}. */
  private static Decision cancel(OrderState order, Cancel command) {
    return switch (order.status()) {
      case PLACED, HELD, CONFIRMED -> {
        Long expected = command.expectedVersion();
        yield expected != null && expected != order.version()
            ? Decision.rejected(
                Refusal.conflict(
                    "version_changed",
                    "Order " + order.order() + " is at version " + order.version() + "."))
            : unchanged(order)
                .signal(
                    new RunSignal(
                        order.run(), CANCEL, new CancelRequested(order.order(), command.reason())));
      }
      case SHIPPED, DELIVERED, REFUSED ->
          Decision.rejected(
              Refusal.conflict(
                  "not_cancellable", "Order " + order.order() + " is " + order.status() + "."));
    };
  }

  private static Decision changed(OrderBook book, OrderState next, Event news) {
    book.change(next);
    return Decision.done(next.changed()).tell(news);
  }

  private static Decision unchanged(OrderState order) {
    return Decision.done(order.changed());
  }

  private static Decision wrongStatus(OrderState order) {
    return Decision.rejected(
        Refusal.conflict("wrong_status", "Order " + order.order() + " is " + order.status() + "."));
  }
}
