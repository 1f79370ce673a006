package dev.holdfast.alert;

import dev.holdfast.guard.Guard;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Secret;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * Tells alerts a receiver over HTTP, behind its guard. A receiver that answers nothing, or with 500
 * and more, counts against it; one that asks for patience does not.
 */
public final class HttpHandler implements AlertHandler {
  private static final int BROKEN = 500;

  private final String name;
  private final Severity atLeast;
  private final Secret address;
  private final DocumentFormat format;
  private final ReceiverGateway gateway;
  private final Guard guard;
  private final Duration within;
  private final Clock clock;

  /**
   * @param name such as {@code slack}
   * @param atLeast less urgent alerts are not told
   * @param address where to, absolute; those who know it may post there
   * @param guard for which every failure counts
   * @param within how long the receiver has to answer
   */
  public HttpHandler(
      String name,
      Severity atLeast,
      Secret address,
      DocumentFormat format,
      ReceiverGateway gateway,
      Guard guard,
      Duration within,
      Clock clock) {
    this.name = name;
    this.atLeast = atLeast;
    this.address = address;
    this.format = format;
    this.gateway = gateway;
    this.guard = guard;
    this.within = within;
    this.clock = clock;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Severity atLeast() {
    return atLeast;
  }

  @Override
  public Future<Answer> tell(Delivery delivery) {
    return guard
        .call(Deadline.in(within, clock), () -> post(delivery))
        .otherwise(HttpHandler::failed);
  }

  private Future<Answer> post(Delivery delivery) {
    Document document = format.document(delivery, clock.now());
    return gateway.post(address.reveal(), document, within).map(this::judge);
  }

  private Answer judge(ReceiverGateway.Reply reply) {
    Answer answer =
        AnswerRules.judge(reply.status(), reply.retryAfter(), reply.text(), clock.now());
    if (reply.status() >= BROKEN) {
      throw new ReceiverBroken(answer);
    }
    return answer;
  }

  private static Answer failed(Throwable cause) {
    return switch (cause) {
      case ReceiverBroken broken -> broken.answer();
      case Unavailable outage -> Answer.later(outage.code() + ": " + outage.getMessage());
      default -> Answer.later(cause.getClass().getName());
    };
  }
}
