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
import dev.holdfast.web.EntityTag;
import dev.holdfast.web.Problem;
import dev.holdfast.workflow.Milestone;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Asking the agents on behalf of requests. */
final class Agents {
  private static final String ALREADY_RECORDED = "already_recorded";

  private final Vertx vertx;
  private final Bus bus;
  private final Waiting waiting;
  private final Clock clock;
  private final Duration milestone;

  /**
   * @param milestone how long the end of a run's checks is waited for
   */
  Agents(Vertx vertx, Bus bus, Waiting waiting, Clock clock, Duration milestone) {
    this.vertx = vertx;
    this.bus = bus;
    this.waiting = waiting;
    this.clock = clock;
    this.milestone = milestone;
  }

  Clock clock() {
    return clock;
  }

  /** The id of the command that a request is. */
  CommandId idOf(ApiCall call) {
    return call.commandId(clock.today());
  }

  <R> Future<R> query(ApiCall call, Query<R> query) {
    return bus.ask(query, call.deadline());
  }

  /** Asks the request's command and says when its answer was given before. */
  <R> Future<Answer<R>> command(ApiCall call, Command<R> command) {
    return bus.ask(Ask.first(idOf(call), command, call.deadline()).under(call.httpKey()))
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

  private static <R> Future<R> done(Answer<R> answer) {
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

  /**
   * Asks a command that enters a document; when the document is there already, the problem says
   * where.
   *
   * @param held asks for the id of the one that is there
   * @param path where such documents are seen, with a slash at its end
   */
  <R> Future<Answer<R>> entered(
      ApiCall call, Command<R> command, Function<ApiCall, Future<UUID>> held, String path) {
    return command(call, command)
        .compose(
            answer -> {
              if (answer.outcome() instanceof Outcome.Rejected<R> rejected
                  && rejected.why().code().equals(ALREADY_RECORDED)) {
                return held.apply(call)
                    .onSuccess(id -> call.locate(path + id))
                    .transform(any -> done(answer).map(answer));
              }
              return done(answer).map(answer);
            });
  }

  /**
   * The answer that a run has given, or the one meanwhile.
   *
   * @param asked whether the run may have answered before
   * @param location where the document is seen
   * @param more what the answer says beside the run's own words
   */
  Future<ApiAnswer> decided(
      ApiCall call,
      UUID run,
      boolean asked,
      String location,
      JsonObject meanwhile,
      JsonObject more) {
    Deadline deadline = Deadline.in(milestone, clock).orSooner(call.deadline());
    return here(waiting.await(run, asked, deadline))
        .map(
            told ->
                told.map(answer -> recorded(answer, more))
                    .orElse(ApiAnswer.of(202, meanwhile.mergeIn(more)))
                    .at(location));
  }

  private static ApiAnswer recorded(Milestone answer, JsonObject more) {
    JsonObject body = new JsonObject(answer.body());
    return ApiAnswer.of(answer.status(), answer.status() < 400 ? body.mergeIn(more) : body);
  }

  /** Runs tell on their own threads; a request is answered on its own. */
  private Future<Optional<Milestone>> here(Future<Optional<Milestone>> told) {
    Context own = vertx.getOrCreateContext();
    Promise<Optional<Milestone>> here = Promise.promise();
    told.onComplete(result -> own.runOnContext(then -> here.handle(result)));
    return here.future();
  }

  /** An order that the caller may see; another's is not there for a customer. */
  Future<Order> order(ApiCall call, UUID id) {
    return query(call, new OrderById(call.merchant(), id))
        .compose(
            order ->
                call.customer().isEmpty() || call.customer().get().equals(order.customer())
                    ? Future.succeededFuture(order)
                    : Future.failedFuture(new QueryRefused(unknownOrder())))
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof QueryRefused ? new QueryRefused(unknownOrder()) : failure));
  }

  private static Refusal unknownOrder() {
    return Refusal.notFound("unknown_order", "There is no such order.");
  }

  /** Goes on if the caller may see what belongs to the order. */
  <T> Future<T> ofOrder(ApiCall call, UUID order, Query<T> query) {
    return call.customer().isEmpty()
        ? query(call, query)
        : order(call, order).compose(own -> query(call, query));
  }
}
