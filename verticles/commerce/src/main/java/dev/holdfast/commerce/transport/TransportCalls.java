package dev.holdfast.commerce.transport;

import dev.holdfast.commerce.partners.CarrierGateway;
import dev.holdfast.commerce.partners.CarrierGateway.CancelAnswer;
import dev.holdfast.commerce.partners.CarrierGateway.LabelAnswer;
import dev.holdfast.commerce.partners.CarrierGateway.LabelRefused;
import dev.holdfast.commerce.partners.CarrierGateway.Labelled;
import dev.holdfast.commerce.partners.PartnerErrors;
import dev.holdfast.commerce.transport.TransportCall.AskHandOver;
import dev.holdfast.commerce.transport.TransportCall.AskLabel;
import dev.holdfast.commerce.transport.TransportCall.AskLater;
import dev.holdfast.commerce.transport.TransportCall.AskTakeBack;
import dev.holdfast.commerce.transport.TransportCall.Labelling;
import dev.holdfast.commerce.transport.TransportCall.Made;
import dev.holdfast.commerce.transport.TransportCall.NotYet;
import dev.holdfast.commerce.transport.TransportCall.RefusedByAll;
import dev.holdfast.commerce.transport.TransportCall.TakenBack;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;

/** The talk with the carriers. */
final class TransportCalls {
  /**
   * A try gets this part of the ask's time, so that three of one carrier leave room for the next.
   */
  private static final int TRIES_AN_ASK = 6;

  /** What is left for writing down how far it came. */
  private static final Duration RESERVE = Duration.ofMillis(50);

  private final CarrierGateway gateway;
  private final Clock clock;
  private final TransportSettings settings;
  private final LongFunction<Future<?>> pause;

  /**
   * Talk that is made on the agent's loop.
   *
   * @param pause waits for so many milliseconds
   */
  TransportCalls(
      CarrierGateway gateway,
      Clock clock,
      TransportSettings settings,
      LongFunction<Future<?>> pause) {
    this.gateway = gateway;
    this.clock = clock;
    this.settings = settings;
    this.pause = pause;
  }

  Future<?> make(TransportCall call, Deadline deadline) {
    return switch (call) {
      case AskLabel ask -> new Labeller(ask, deadline).next(ask.choice(), ask.tries());
      case AskTakeBack ask -> takeBack(ask, deadline);
      case AskHandOver ask -> gateway.handOver(ask.tracking(), deadline);
      case AskLater later ->
          Future.failedFuture(
              new Unavailable(PartnerErrors.CARRIERS_SILENT, "no carrier made a label in time"));
    };
  }

  private Future<TakenBack> takeBack(AskTakeBack ask, Deadline deadline) {
    Map<LabelKey, CancelAnswer> answers = new LinkedHashMap<>();
    Future<Void> all = Future.succeededFuture();
    for (LabelKey key : ask.keys()) {
      all =
          all.compose(done -> gateway.cancelLabel(key.text(), deadline))
              .onSuccess(answer -> answers.put(key, answer))
              .mapEmpty();
    }
    return all.map(done -> new TakenBack(answers, ask.at()));
  }

  /** One ask for a label: carrier after carrier, try after try, until one makes it. */
  private final class Labeller {
    private final AskLabel ask;
    private final Deadline deadline;
    private final Duration aTry;
    private boolean someSilent;
    private String lastCode = "not_served";

    Labeller(AskLabel ask, Deadline deadline) {
      this.ask = ask;
      this.deadline = deadline;
      this.aTry = Duration.ofMillis(Math.max(20, deadline.remainingMillis(clock) / TRIES_AN_ASK));
      this.someSilent = which(ask.choice()) > 0;
    }

    private int which(int choice) {
      return choice % ask.choices().size();
    }

    Future<Labelling> next(int choice, int tries) {
      if (choice > ask.choice() && which(choice) == 0) {
        return exhausted(choice);
      }
      if (deadline.remainingMillis(clock) <= aTry.plus(RESERVE).toMillis()) {
        return Future.succeededFuture(new NotYet(choice, tries));
      }
      return attempt(choice)
          .compose(answer -> take(choice, answer))
          .recover(cause -> again(choice, tries, cause));
    }

    private Future<LabelAnswer> attempt(int choice) {
      return gateway.createLabel(
          ask.keys().get(which(choice)).text(),
          ask.choices().get(which(choice)).carrier(),
          ask.country(),
          ask.grams(),
          Deadline.in(aTry, clock));
    }

    private Future<Labelling> take(int choice, LabelAnswer answer) {
      return switch (answer) {
        case Labelled made ->
            Future.succeededFuture(
                new Made(choice, made.label().carrier(), made.label().tracking()));
        case LabelRefused refused -> {
          lastCode = refused.code();
          yield next(choice + 1, 0);
        }
      };
    }

    private Future<Labelling> again(int choice, int tries, Throwable cause) {
      if (!(cause instanceof Unavailable)) {
        return Future.failedFuture(cause);
      }
      if (tries + 1 >= settings.triesMax()) {
        someSilent = true;
        return next(choice + 1, 0);
      }
      long waitMs = Math.max(1, settings.backoff().wait(tries).toMillis());
      return pause.apply(waitMs).compose(waited -> next(choice, tries + 1));
    }

    /** When one of them was only silent, the whole begins again with the next ask. */
    private Future<Labelling> exhausted(int choice) {
      return someSilent
          ? Future.succeededFuture(new NotYet(choice, 0))
          : Future.succeededFuture(new RefusedByAll(lastCode));
    }
  }
}
