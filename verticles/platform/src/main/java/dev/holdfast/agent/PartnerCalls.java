package dev.holdfast.agent;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.telemetry.Layer;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.telemetry.TimedOperation;
import dev.holdfast.trace.Part;
import dev.holdfast.trace.Span;
import dev.holdfast.trace.Work;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Calls outside: made beside the lane, and given up at the asker's deadline. */
final class PartnerCalls {
  private final Vertx vertx;
  private final Clock clock;
  private final Meters meters;
  private final String agentName;
  private final String called;
  private volatile TimedOperation times;

  PartnerCalls(Vertx vertx, Clock clock, Meters meters, String agentName) {
    this.vertx = vertx;
    this.clock = clock;
    this.meters = meters;
    this.agentName = agentName;
    this.called = "call outside " + agentName;
  }

  /**
   * What the partner answers; fails with {@link Unavailable} at the deadline. A call that answers
   * later is not lost: the intent is there, and whoever asks again asks the partner by its key.
   */
  Future<Object> make(Agent<?, ?> agent, Object request, Pending command) {
    Deadline deadline = command.ask().deadline();
    Span span = command.span().child(Part.ASKS, called);
    Work work = Work.of(agentName, span, command.key());
    Promise<Object> answered = Promise.promise();
    long left = Math.max(1, deadline.remainingMillis(clock));
    long timer =
        vertx.setTimer(
            left,
            late -> answered.tryFail(Unavailable.deadlinePassed("a partner of " + agentName)));
    times()
        .timed(() -> work.call(() -> agent.call(request, deadline)))
        .onComplete(
            end -> {
              vertx.cancelTimer(timer);
              span.end(end.cause());
              if (end.succeeded()) {
                answered.tryComplete(end.result());
              } else {
                answered.tryFail(end.cause());
              }
            });
    return answered.future();
  }

  /** Made at the first call: most agents make none. */
  private TimedOperation times() {
    if (times == null) {
      times = meters.operation(Layer.PARTNER, "calls of " + agentName, clock);
    }
    return times;
  }
}
