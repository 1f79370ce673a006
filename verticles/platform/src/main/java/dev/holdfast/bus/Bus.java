package dev.holdfast.bus;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Query;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import java.util.function.Function;

/** Asking agents over the event bus. Safe from every context of its {@code Vertx}. */
public final class Bus {
  private static final DeliveryOptions REPLY = new DeliveryOptions().setLocalOnly(true);

  private final Vertx vertx;
  private final Clock clock;

  /** A bus on the given {@code Vertx}; one for each. */
  public Bus(Vertx vertx, Clock clock) {
    this.vertx = vertx;
    this.clock = clock;
    vertx.eventBus().registerDefaultCodec(Ask.class, new ReferenceCodec<>(Ask.class));
    vertx.eventBus().registerDefaultCodec(QueryAsk.class, new ReferenceCodec<>(QueryAsk.class));
    vertx.eventBus().registerDefaultCodec(Reply.class, new ReferenceCodec<>(Reply.class));
    vertx.eventBus().registerDefaultCodec(Failed.class, new ReferenceCodec<>(Failed.class));
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
    return request(ProtocolNames.agentOf(ask.command().getClass()), ask, ask.deadline());
  }

  /**
   * Asks a question of its agent.
   *
   * @return the answer; fails with {@link QueryRefused} or {@link Unavailable}
   */
  public <R> Future<R> ask(Query<R> query, Deadline deadline) {
    return request(
        ProtocolNames.agentOf(query.getClass()), new QueryAsk<>(query, deadline), deadline);
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
