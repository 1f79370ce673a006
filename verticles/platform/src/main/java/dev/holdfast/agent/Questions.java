package dev.holdfast.agent;

import dev.holdfast.agent.Lane.Seat;
import dev.holdfast.bus.BusErrors;
import dev.holdfast.bus.ProtocolNames;
import dev.holdfast.bus.QueryAsk;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.trace.Part;
import dev.holdfast.trace.Span;
import dev.holdfast.trace.Work;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Queries to an agent: answered by its instance, or kept while a new one starts. */
final class Questions {
  private final AgentHost host;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  Questions(AgentHost host) {
    this.host = host;
  }

  /** On the host's context. */
  Future<?> ask(QueryAsk<?> asked) {
    Promise<Object> answered = Promise.promise();
    if (host.isSeated()) {
      answer(asked, answered);
    } else if (waiting.size() < AgentHost.WAITING_QUERIES_MAX) {
      waiting.add(() -> answer(asked, answered));
    } else {
      answered.fail(Unavailable.overloaded(host.name()));
    }
    return answered.future();
  }

  /** An instance is there. */
  void answerWaiting() {
    while (!waiting.isEmpty()) {
      waiting.poll().run();
    }
  }

  private void answer(QueryAsk<?> asked, Promise<Object> answered) {
    Seat<?, ?> at = host.seat();
    if (at == null) {
      answered.fail(new Unavailable(BusErrors.AGENT_AWAY, host.name() + " is not running"));
      return;
    }
    Span span = span(asked);
    Work work = Work.of(host.name(), span, null);
    at.context()
        .runOnContext(
            turn ->
                Future.succeededFuture(asked)
                    .compose(ask -> work.call(() -> at.agent().answer(ask.query(), ask.deadline())))
                    .onComplete(
                        end -> {
                          span.end(end.cause());
                          host.onOwnContext(() -> complete(answered, end));
                        }));
  }

  private static Span span(QueryAsk<?> asked) {
    return asked.trace().isRecorded()
        ? asked.trace().child(Part.HEARS, ProtocolNames.typeOf(asked.query().getClass()))
        : Span.NONE;
  }

  static void complete(Promise<Object> answered, AsyncResult<?> end) {
    if (end.succeeded()) {
      answered.tryComplete(end.result());
    } else {
      answered.tryFail(end.cause());
    }
  }
}
