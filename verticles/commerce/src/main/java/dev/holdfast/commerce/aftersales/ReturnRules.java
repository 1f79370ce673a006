package dev.holdfast.commerce.aftersales;

import dev.holdfast.agent.Decision;
import dev.holdfast.agent.RunSignal;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.AboutReturn;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Complete;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Inspect;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Inspected;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Judge;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Judged;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.RefuseReturn;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnApproved;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnInspected;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnReason;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnRefunded;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnRefused;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Status;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Terms;
import dev.holdfast.commerce.shared.Field;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.kernel.Event;
import dev.holdfast.kernel.Refusal;
import java.time.Duration;

/**
 * The life of a return: open, approved by the policy, perhaps inspected, refunded; refused at any
 * time before the refund. Windows and return carriage are those of the requirements, a.9: 30 days,
 * 90 for a defect or damage in shipping; carriage 5.00 unless the shop is to blame.
 */
final class ReturnRules {
  /** The signal that a return's run waits for. */
  static final String INSPECTED = "inspected";

  /** How long after delivery goods may come back. */
  static final Duration WINDOW = Duration.ofDays(30);

  /** The same for what was defective or damaged in shipping. */
  static final Duration LONG_WINDOW = Duration.ofDays(90);

  /** What the way back costs a customer, in the minor unit. */
  static final long CARRIAGE_MINOR = 500;

  private static final int MAX_TEXT = 1_000;
  private static final int MAX_PERSON = 200;

  private ReturnRules() {}

  /** Decides a change of one return. */
  static Decision change(CaseBook book, AboutReturn<?> command) {
    ReturnState state = book.find(command.merchant(), command.returnId());
    if (state == null) {
      return Decision.rejected(
          Refusal.notFound("unknown_return", "There is no return " + command.returnId() + "."));
    }
    return switch (command) {
      case Judge judge -> judge(book, state, judge);
      case Inspect inspect -> inspect(book, state, inspect);
      case Complete complete -> complete(book, state, complete);
      case RefuseReturn refuse -> refuse(book, state, refuse);
    };
  }

  private static Decision judge(CaseBook book, ReturnState state, Judge command) {
    return switch (state.status()) {
      case OPEN -> {
        Refusal refusal = outsideWindow(state, command);
        if (refusal != null) {
          yield Decision.rejected(refusal);
        }
        ReturnState next = state.approved(afterFees(state), command.deliveredAt());
        book.change(next);
        yield Decision.done(judged(next))
            .tell(
                new ReturnApproved(
                    next.merchant(), next.aggregate(), next.version(), next.refund().minor()));
      }
      case APPROVED -> Decision.done(judged(state));
      case INSPECTED, REFUNDED, REFUSED -> wrongStatus(state);
    };
  }

  private static Judged judged(ReturnState state) {
    return new Judged(state.returnId(), state.refund(), state.terms() == Terms.POLICY);
  }

  private static Refusal outsideWindow(ReturnState state, Judge command) {
    if (state.terms() == Terms.AS_RECORDED) {
      return null;
    }
    if (command.deliveredAt() == null) {
      return Field.invalid("deliveredAt", "must be there");
    }
    Duration window = window(state.reason());
    return state.requestedAt().isAfter(command.deliveredAt().plus(window))
        ? Refusal.conflict(
            "outside_window",
            "It was requested more than " + window.toDays() + " days after delivery.")
        : null;
  }

  static Duration window(ReturnReason reason) {
    return switch (reason) {
      case PRODUCT_DEFECT, DAMAGED_IN_SHIPPING -> LONG_WINDOW;
      case CHANGED_MIND, BETTER_PRICE, NOT_AS_DESCRIBED, WRONG_ITEM, OTHER -> WINDOW;
    };
  }

  static long carriageMinor(ReturnReason reason) {
    return switch (reason) {
      case PRODUCT_DEFECT, DAMAGED_IN_SHIPPING, NOT_AS_DESCRIBED, WRONG_ITEM -> 0;
      case CHANGED_MIND, BETTER_PRICE, OTHER -> CARRIAGE_MINOR;
    };
  }

  private static Money afterFees(ReturnState state) {
    long fee = state.terms() == Terms.AS_RECORDED ? 0 : carriageMinor(state.reason());
    return new Money(Math.max(0, state.asked().minor() - fee), state.asked().currency());
  }

  private static Decision inspect(CaseBook book, ReturnState state, Inspect command) {
    Refusal refusal =
        Field.first(
            () -> Field.present("condition", command.condition()),
            () -> Field.textOrNull("by", command.by(), MAX_PERSON));
    if (refusal != null) {
      return Decision.rejected(refusal);
    }
    if (state.status() != Status.APPROVED || state.terms() != Terms.POLICY) {
      return Decision.rejected(
          Refusal.conflict(
              "not_awaited",
              "Return " + state.returnId() + " is " + state.status() + " and awaits no goods."));
    }
    ReturnState next = state.inspected(command.condition(), command.by());
    book.change(next);
    Inspected inspected = new Inspected(next.returnId(), command.condition());
    return Decision.done(inspected)
        .tell(
            new ReturnInspected(
                next.merchant(), next.aggregate(), next.version(), command.condition()))
        .signal(new RunSignal(next.run(), INSPECTED, inspected));
  }

  private static Decision complete(CaseBook book, ReturnState state, Complete command) {
    boolean ready =
        state.status() == Status.INSPECTED
            || (state.status() == Status.APPROVED && state.terms() == Terms.AS_RECORDED);
    if (ready) {
      ReturnState next = state.refunded(command.restocked());
      return changed(
          book,
          next,
          new ReturnRefunded(
              next.merchant(),
              next.aggregate(),
              next.version(),
              next.refund().minor(),
              next.refund().currency()));
    }
    return state.status() == Status.REFUNDED ? unchanged(state) : wrongStatus(state);
  }

  private static Decision refuse(CaseBook book, ReturnState state, RefuseReturn command) {
    Refusal refusal =
        Field.first(
            () -> Field.text("code", command.code(), MAX_TEXT),
            () -> Field.textOrNull("message", command.message(), MAX_TEXT));
    if (refusal != null) {
      return Decision.rejected(refusal);
    }
    return switch (state.status()) {
      case OPEN, APPROVED, INSPECTED -> {
        ReturnState next = state.refused(command.code(), command.message());
        yield changed(
            book,
            next,
            new ReturnRefused(next.merchant(), next.aggregate(), next.version(), command.code()));
      }
      case REFUNDED, REFUSED -> unchanged(state);
    };
  }

  private static Decision changed(CaseBook book, ReturnState next, Event news) {
    book.change(next);
    return Decision.done(next.changed()).tell(news);
  }

  private static Decision unchanged(ReturnState state) {
    return Decision.done(state.changed());
  }

  private static Decision wrongStatus(ReturnState state) {
    return Decision.rejected(
        Refusal.conflict(
            "wrong_status", "Return " + state.returnId() + " is " + state.status() + "."));
  }
}
