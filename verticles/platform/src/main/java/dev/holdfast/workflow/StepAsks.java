package dev.holdfast.workflow;

import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** How runs ask agents: under a deadline each time, and again after a growing pause. */
final class StepAsks {
  /** Failures after which a parked or broken step is asked at the slowest pace. */
  private static final int SLOW = 16;

  /** No timer has this number, and cancelling it does nothing. */
  private static final long NO_TIMER = -1;

  private final RunnerServices services;
  private final RunnerSettings settings;

  StepAsks(RunnerServices services, RunnerSettings settings) {
    this.services = services;
    this.settings = settings;
  }

  /**
   * Of one ask. The runner asks again by itself, so that nobody it asks needs to.
   *
   * @param failures of asks before
   */
  Deadline deadline(int failures) {
    return Deadline.in(settings.askDeadline(), services.clock()).asAttempt(failures + 1);
  }

  /** The agent's answer; what the ask is seen as ends with it. */
  Future<Answer<?>> ask(Ask<?> ask) {
    return answer(ask);
  }

  private <R> Future<Answer<?>> answer(Ask<R> ask) {
    return services
        .bus()
        .ask(ask)
        .onComplete((answer, failure) -> ask.trace().end(failure))
        .map(answer -> answer);
  }

  /** The same on the runner's context; an outage when it takes longer than an ask may. */
  <T> Future<T> inTime(Context context, Future<T> answer, String step) {
    Promise<T> here = Promise.promise();
    long late = answer.isComplete() ? NO_TIMER : timer(here, step);
    answer.onComplete(
        end ->
            context.runOnContext(
                turn -> {
                  services.vertx().cancelTimer(late);
                  if (end.succeeded()) {
                    here.tryComplete(end.result());
                  } else {
                    here.tryFail(end.cause());
                  }
                }));
    return here.future();
  }

  private long timer(Promise<?> here, String step) {
    return services
        .vertx()
        .setTimer(
            settings.askDeadline().toMillis(),
            timer -> here.tryFail(Unavailable.deadlinePassed("step " + step)));
  }

  /** Tries again after the backoff; what lies among the dead letters at the slowest pace. */
  void later(int failures, Throwable cause, Runnable again) {
    int pace = cause instanceof Parked ? SLOW : failures;
    services.vertx().setTimer(1 + settings.backoff().wait(pace).toMillis(), timer -> again.run());
  }
}
