package dev.holdfast.commerce.api;

import dev.holdfast.bus.Answer;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
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
import java.util.function.Supplier;

/**
 * How documents are answered that a run decides about, such as orders and returns: entered by a
 * command, then told with the run's words (201, or 409 with its reason) when they come in time, and
 * with 202 and the document's place when they don't.
 */
final class Submissions {
  private static final String ALREADY_RECORDED = "already_recorded";

  private final Vertx vertx;
  private final Agents agents;
  private final Waiting waiting;
  private final Duration milestone;

  /**
   * @param waiting where runs tell their answers
   * @param milestone how long the end of a run's checks is waited for
   */
  Submissions(Vertx vertx, Agents agents, Waiting waiting, Duration milestone) {
    this.vertx = vertx;
    this.agents = agents;
    this.waiting = waiting;
    this.milestone = milestone;
  }

  /**
   * A document that was entered.
   *
   * @param path where it is seen
   * @param status what it is until its run has told
   * @param more what every answer but a refusal says beside the run's own words
   */
  record Entered(String path, UUID id, UUID run, String status, JsonObject more) {}

  /**
   * Enters a document and answers for its run.
   *
   * @param standing asks where the document is seen that has the number already; the refusal names
   *     that place
   */
  <R> Future<ApiAnswer> submit(
      ApiCall call,
      Command<R> command,
      Supplier<Future<String>> standing,
      Function<R, Entered> entered) {
    return agents.command(call, command).compose(answer -> answer(call, answer, standing, entered));
  }

  /** Answers for the run of a document whose command was answered. */
  <R> Future<ApiAnswer> answer(
      ApiCall call,
      Answer<R> given,
      Supplier<Future<String>> standing,
      Function<R, Entered> entered) {
    return located(call, given, standing)
        .compose(
            answer ->
                Agents.done(answer)
                    .map(entered)
                    .compose(document -> told(call, document, answer.replayed())));
  }

  private static <R> Future<Answer<R>> located(
      ApiCall call, Answer<R> answer, Supplier<Future<String>> standing) {
    if (answer.outcome() instanceof Outcome.Rejected<R> rejected
        && rejected.why().code().equals(ALREADY_RECORDED)) {
      return standing
          .get()
          .onSuccess(call::locate)
          .transform(any -> Future.succeededFuture(answer));
    }
    return Future.succeededFuture(answer);
  }

  /**
   * The answer that the run has given, or the one meanwhile.
   *
   * @param asked whether the run may have answered before
   */
  private Future<ApiAnswer> told(ApiCall call, Entered document, boolean asked) {
    Deadline deadline = Deadline.in(milestone, agents.clock()).orSooner(call.deadline());
    return here(waiting.await(document.run(), asked, deadline))
        .map(
            told ->
                told.map(answer -> recorded(answer, document.more()))
                    .orElseGet(() -> meanwhile(document))
                    .at(document.path()));
  }

  private static ApiAnswer recorded(Milestone answer, JsonObject more) {
    JsonObject body = new JsonObject(answer.body());
    return ApiAnswer.of(answer.status(), answer.status() < 400 ? body.mergeIn(more) : body);
  }

  private static ApiAnswer meanwhile(Entered document) {
    return ApiAnswer.of(
        202,
        new JsonObject()
            .put("id", document.id().toString())
            .put("status", document.status())
            .put("run", document.run().toString())
            .mergeIn(document.more()));
  }

  /** Runs tell on their own threads; a request is answered on its own. */
  private Future<Optional<Milestone>> here(Future<Optional<Milestone>> told) {
    Context own = vertx.getOrCreateContext();
    Promise<Optional<Milestone>> here = Promise.promise();
    told.onComplete(result -> own.runOnContext(then -> here.handle(result)));
    return here.future();
  }
}
