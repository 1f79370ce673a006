package dev.holdfast.bus;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Query;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.trace.Part;
import dev.holdfast.trace.Span;
import dev.holdfast.trace.Traces;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import java.util.function.Function;

/**
 * Asking agents over the event bus, and where traces of what is asked begin and go on. Safe from
 * every context of its {@code Vertx}.
 */
public final class Bus {
  private static final DeliveryOptions REPLY = new DeliveryOptions().setLocalOnly(true);

  private final Vertx vertx;
  private final Clock clock;
  private final Traces traces;

  /** A bus on the given {@code Vertx}; one for each. Nobody sees what is asked over it. */
  public Bus(Vertx vertx, Clock clock) {
    this(vertx, clock, Traces.OFF);
  }

  /** A bus on the given {@code Vertx}; one for each. */
  public Bus(Vertx vertx, Clock clock, Traces traces) {
    this.vertx = vertx;
    this.clock = clock;
    this.traces = traces;
    vertx.eventBus().registerDefaultCodec(Ask.class, new ReferenceCodec<>(Ask.class));
    vertx.eventBus().registerDefaultCodec(QueryAsk.class, new ReferenceCodec<>(QueryAsk.class));
    vertx.eventBus().registerDefaultCodec(Reply.class, new ReferenceCodec<>(Reply.class));
    vertx.eventBus().registerDefaultCodec(Failed.class, new ReferenceCodec<>(Failed.class));
  }

  /** Where traces of what is asked begin and go on. */
  public Traces traces() {
    return traces;
  }

  /** The one kind of body that answers travel in. */
  record Reply(Object body) {}

  /**
   * Asks a command of its agent.
   *
   * @return the answer; fails with {@link Unavailable} when none came by the deadline, with {@link
   *     dev.holdfast.kernel.Parked} when it lies among the dead letters
   */
  public <R> Future<Answer<R>> ask(Ask<R> ask) {
    String agent = ProtocolNames.agentOf(ask.command().getClass());
    if (!ask.trace().isRecorded()) {
      return request(agent, ask, ask.deadline());
    }
    Span asking = asking(ask.trace(), ask.command());
    return this.<Answer<R>>request(agent, ask.within(asking), ask.deadline())
        .onComplete((answer, failure) -> asking.end(failure));
  }

  /**
   * Asks a question of its agent.
   *
   * @return the answer; fails with {@link QueryRefused} or {@link Unavailable}
   */
  public <R> Future<R> ask(Query<R> query, Deadline deadline) {
    return ask(query, deadline, Span.NONE);
  }

  /**
   * The same as a part of something.
   *
   * @param trace what it is asked for
   */
  public <R> Future<R> ask(Query<R> query, Deadline deadline, Span trace) {
    String agent = ProtocolNames.agentOf(query.getClass());
    if (!trace.isRecorded()) {
      return request(agent, new QueryAsk<>(query, deadline, trace), deadline);
    }
    Span asking = asking(trace, query);
    return this.<R>request(agent, new QueryAsk<>(query, deadline, asking), deadline)
        .onComplete((answer, failure) -> asking.end(failure));
  }

  private static Span asking(Span trace, Object message) {
    return trace.child(Part.ASKS, "ask " + ProtocolNames.typeOf(message.getClass()));
  }

  /** Answers the asks that reach an agent, on the context that calls this. */
  public MessageConsumer<?> serve(String agent, Function<Object, Future<?>> handler) {
    return vertx
        .eventBus()
        .localConsumer(ProtocolNames.addressOf(agent), message -> answer(message, handler));
  }

  private static void answer(Message<Object> message, Function<Object, Future<?>> handler) {
    Future.succeededFuture(message.body())
        .compose(handler::apply)
        .onSuccess(body -> message.reply(new Reply(body), REPLY))
        .onFailure(cause -> message.reply(Failed.of(cause), REPLY));
  }

  private <T> Future<T> request(String agent, Object body, Deadline deadline) {
    long left = deadline.remainingMillis(clock);
    if (left == 0) {
      return Future.failedFuture(Unavailable.deadlinePassed(agent));
    }
    DeliveryOptions options = new DeliveryOptions().setLocalOnly(true).setSendTimeout(left);
    return vertx
        .eventBus()
        .<Object>request(ProtocolNames.addressOf(agent), body, options)
        .recover(cause -> Future.failedFuture(outage(agent, cause)))
        .compose(reply -> open(reply.body()));
  }

  @SuppressWarnings("unchecked")
  private static <T> Future<T> open(Object body) {
    return switch (body) {
      case Reply reply -> Future.succeededFuture((T) reply.body());
      case Failed failed -> Future.failedFuture(failed.toException());
      default -> Future.failedFuture(new IllegalStateException("not a reply: " + body.getClass()));
    };
  }

  private static Throwable outage(String agent, Throwable cause) {
    if (cause instanceof ReplyException refused) {
      return switch (refused.failureType()) {
        case TIMEOUT -> Unavailable.deadlinePassed(agent);
        case NO_HANDLERS -> new Unavailable(BusErrors.AGENT_AWAY, agent + " is not on the bus");
        default -> refused;
      };
    }
    return cause;
  }
}
