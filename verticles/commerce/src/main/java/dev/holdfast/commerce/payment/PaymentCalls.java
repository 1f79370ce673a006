package dev.holdfast.commerce.payment;

import dev.holdfast.commerce.partners.PaymentGateway;
import dev.holdfast.commerce.partners.PaymentGateway.Answer;
import dev.holdfast.commerce.partners.PaymentGateway.Approved;
import dev.holdfast.commerce.partners.PaymentGateway.Declined;
import dev.holdfast.commerce.partners.PaymentGateway.Movement;
import dev.holdfast.commerce.payment.PaymentCall.AskAbout;
import dev.holdfast.commerce.payment.PaymentCall.AskAuthorise;
import dev.holdfast.commerce.payment.PaymentCall.AskCapture;
import dev.holdfast.commerce.payment.PaymentCall.AskRefund;
import dev.holdfast.commerce.payment.PaymentCall.AskVoid;
import dev.holdfast.commerce.payment.PaymentCall.Findings;
import dev.holdfast.commerce.payment.PaymentCall.Found;
import dev.holdfast.commerce.payment.PaymentCall.Freed;
import dev.holdfast.commerce.payment.PaymentCall.LetGo;
import dev.holdfast.commerce.payment.PaymentCall.LettingGo;
import dev.holdfast.commerce.payment.PaymentCall.NotFound;
import dev.holdfast.commerce.payment.PaymentCall.NothingHeld;
import dev.holdfast.commerce.payment.PaymentCall.RefundAnswer;
import dev.holdfast.commerce.payment.PaymentCall.RefundAnswers;
import dev.holdfast.commerce.payment.PaymentCall.RefundCall;
import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The talk with the provider, one call after the other. */
final class PaymentCalls {
  private final PaymentGateway gateway;

  PaymentCalls(PaymentGateway gateway) {
    this.gateway = gateway;
  }

  Future<?> make(PaymentCall call, Deadline deadline) {
    return switch (call) {
      case AskAuthorise ask ->
          firstByKey(
              ask.key(),
              ask.again(),
              deadline,
              () -> gateway.authorise(ask.key().text(), ask.amount(), ask.token(), deadline));
      case AskCapture ask ->
          firstByKey(
              ask.key(),
              ask.again(),
              deadline,
              () -> gateway.capture(ask.key().text(), ask.authorisation(), ask.amount(), deadline));
      case AskRefund ask ->
          each(ask.parts(), part -> refund(part, deadline)).map(RefundAnswers::new);
      case AskVoid ask -> letGo(ask.key(), deadline);
      case AskAbout ask -> findings(ask, deadline);
    };
  }

  /** What may have been asked before is asked for by its key before anything is done. */
  private Future<Answer> firstByKey(
      OperationKey key, boolean again, Deadline deadline, Supplier<Future<Answer>> act) {
    if (!again) {
      return act.get();
    }
    return gateway
        .find(key.text(), deadline)
        .compose(
            found -> found.isPresent() ? Future.succeededFuture(found.get().answer()) : act.get());
  }

  private Future<RefundAnswer> refund(RefundCall part, Deadline deadline) {
    return firstByKey(
            part.key(),
            part.again(),
            deadline,
            () -> gateway.refund(part.key().text(), part.authorisation(), part.amount(), deadline))
        .map(answer -> new RefundAnswer(part.key(), answer));
  }

  private Future<Findings> findings(AskAbout ask, Deadline deadline) {
    return each(ask.look(), key -> look(key, deadline))
        .compose(
            looked ->
                each(ask.letGo(), key -> letGo(key, deadline).map(done -> new Freed(key, done)))
                    .map(freed -> new Findings(looked, freed, ask.at())));
  }

  private Future<Found> look(OperationKey key, Deadline deadline) {
    return gateway.find(key.text(), deadline).map(found -> new Found(key, found.orElse(null)));
  }

  private Future<LettingGo> letGo(OperationKey key, Deadline deadline) {
    return gateway.find(key.text(), deadline).compose(found -> letGo(key, found, deadline));
  }

  private Future<LettingGo> letGo(OperationKey key, Optional<Movement> found, Deadline deadline) {
    if (found.isEmpty()) {
      return Future.succeededFuture(new NotFound());
    }
    Movement authorisation = found.get();
    if (!authorisation.approved()) {
      return Future.succeededFuture(new NothingHeld(authorisation.declinedFor()));
    }
    return gateway
        .voidAuthorisation(key.ofVoid().text(), authorisation.reference(), deadline)
        .map(answer -> letGo(authorisation, answer));
  }

  private static LettingGo letGo(Movement authorisation, Answer answer) {
    LetGo gone = new LetGo(authorisation.reference(), authorisation.expiresAt());
    return switch (answer) {
      case Approved approved -> gone;
      case Declined declined ->
          switch (declined.code()) {
            case "authorisation_voided", "authorisation_expired" -> gone;
            // Money was taken that our books know nothing of: a person has to look.
            default ->
                throw new IllegalStateException(
                    "the provider does not void " + authorisation.key() + ": " + declined.code());
          };
    };
  }

  /** One after the other: the provider sees at most one call of a command at a time. */
  private static <A, B> Future<List<B>> each(List<A> items, Function<A, Future<B>> call) {
    Future<List<B>> all = Future.succeededFuture(new ArrayList<>());
    for (A item : items) {
      all =
          all.compose(
              done ->
                  call.apply(item)
                      .map(
                          one -> {
                            done.add(one);
                            return done;
                          }));
    }
    return all;
  }
}
