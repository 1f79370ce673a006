package dev.holdfast.agent;

import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.bus.ProtocolNames;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.trace.Fact;
import dev.holdfast.trace.Part;
import dev.holdfast.trace.Span;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A command in a lane, from its arrival to its answer. Confined to the lane's context. */
final class Pending {
  private final Ask<?> ask;
  private final Promise<Answer<?>> answer = Promise.promise();
  private final Span span;
  private Object partnerAnswer;

  Pending(Ask<?> ask) {
    this.ask = ask;
    this.span = ask.trace().isRecorded() ? begun(ask) : Span.NONE;
  }

  private static Span begun(Ask<?> ask) {
    Class<?> type = ask.command().getClass();
    return ask.trace()
        .child(Part.HEARS, ProtocolNames.typeOf(type))
        .with(Fact.AGENT, ProtocolNames.agentOf(type))
        .with(Fact.COMMAND, ask.id().value().toString());
  }

  /**
   * From here to the answer. One whose transaction failed, and who is not asked again, has no end.
   */
  Span span() {
    return span;
  }

  Ask<?> ask() {
    return ask;
  }

  Command<?> command() {
    return ask.command();
  }

  /** What no two commands under way have in common. */
  String key() {
    return keyOf(ask.id(), ask.command());
  }

  static String keyOf(CommandId id, Command<?> command) {
    String key = command.parkingKey();
    return key == null ? id.value().toString() : key;
  }

  boolean isUndo() {
    return ask.undoes() != null;
  }

  /** Whether it comes back from a partner. */
  boolean settles() {
    return partnerAnswer != null;
  }

  Object partnerAnswer() {
    return partnerAnswer;
  }

  void settleWith(Object partnerAnswer) {
    this.partnerAnswer = partnerAnswer;
  }

  void answer(Answer<?> given) {
    if (span.isRecorded()) {
      span.with(Fact.OUTCOME, word(given.outcome())).end();
    }
    answer.tryComplete(given);
  }

  void fail(Throwable cause) {
    span.end(cause);
    answer.tryFail(cause);
  }

  /** {@code done}, or the refusal's code. */
  static String word(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Done<?> done -> "done";
      case Outcome.Rejected<?> rejected -> rejected.why().code();
    };
  }

  Future<Answer<?>> answered() {
    return answer.future();
  }
}
