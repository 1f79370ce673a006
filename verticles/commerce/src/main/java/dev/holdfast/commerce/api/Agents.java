package dev.holdfast.commerce.api;

import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.bus.Bus;
import dev.holdfast.bus.QueryRefused;
import dev.holdfast.commerce.order.OrderProtocol.Order;
import dev.holdfast.commerce.order.OrderProtocol.OrderById;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Query;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.trace.Traces;
import dev.holdfast.web.EntityTag;
import dev.holdfast.web.Problem;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.UUID;

/**
 * Asking the agents on behalf of requests: commands under the request's id and key, and questions.
 */
final class Agents {
  private final Bus bus;
  private final Clock clock;

  Agents(Bus bus, Clock clock) {
    this.bus = bus;
    this.clock = clock;
  }

  Clock clock() {
    return clock;
  }

  /** Where requests become parts of traces. */
  Traces traces() {
    return bus.traces();
  }

  /** The id of the command that a request is. */
  CommandId idOf(ApiCall call) {
    return call.commandId(clock.today());
  }

  /** The same, when the request says itself when it was made. */
  CommandId idOf(ApiCall call, Instant time) {
    return call.commandId(time, clock.today());
  }

  <R> Future<R> query(ApiCall call, Query<R> query) {
    return bus.ask(query, call.deadline(), call.trace());
  }

  /** Asks the request's command and says when its answer was given before. */
  <R> Future<Answer<R>> command(ApiCall call, Command<R> command) {
    return command(call, idOf(call), command, call.deadline());
  }

  /** The same under an id that was derived before, and with less time. */
  <R> Future<Answer<R>> command(ApiCall call, CommandId id, Command<R> command, Deadline deadline) {
    return bus.ask(Ask.first(id, command, deadline).under(call.httpKey()).within(call.trace()))
        .onSuccess(
            answer -> {
              if (answer.replayed()) {
                call.replayed();
              }
            });
  }

  /** Asks the request's command; a refusal is a problem. */
  <R> Future<R> done(ApiCall call, Command<R> command) {
    return command(call, command).compose(Agents::done);
  }

  /** What was done; a refusal is a problem. */
  static <R> Future<R> done(Answer<R> answer) {
    return switch (answer.outcome()) {
      case Outcome.Done<R> done -> Future.succeededFuture(done.reply());
      case Outcome.Rejected<R> rejected ->
          Future.failedFuture(problem(rejected.why()).asException());
    };
  }

  /** A version that is not there any more is a precondition that failed. */
  static Problem problem(Refusal why) {
    return why.code().equals("version_changed") ? EntityTag.changed() : Problem.of(why);
  }

  /** An order that the caller may see; another's is not there for a customer. */
  Future<Order> order(ApiCall call, UUID id) {
    return query(call, new OrderById(call.merchant(), id))
        .compose(
            order ->
                call.customer().isEmpty() || call.customer().get().equals(order.customer())
                    ? Future.succeededFuture(order)
                    : Future.failedFuture(noSuchOrder()))
        .recover(
            failure ->
                Future.failedFuture(failure instanceof QueryRefused ? noSuchOrder() : failure));
  }

  /** There is none, or none that the caller may see. */
  static QueryRefused noSuchOrder() {
    return new QueryRefused(Refusal.notFound("unknown_order", "There is no such order."));
  }

  /** Goes on if the caller may see what belongs to the order. */
  <T> Future<T> ofOrder(ApiCall call, UUID order, Query<T> query) {
    return call.customer().isEmpty()
        ? query(call, query)
        : order(call, order).compose(own -> query(call, query));
  }
}
