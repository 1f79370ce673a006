package dev.holdfast.agent;

import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A command in a lane, from its arrival to its answer. Confined to the lane's context. */
final class Pending {
  private final Ask<?> ask;
  private final Promise<Answer<?>> answer = Promise.promise();
  private Object partnerAnswer;

  Pending(Ask<?> ask) {
    this.ask = ask;
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
    answer.tryComplete(given);
  }

  void fail(Throwable cause) {
    answer.tryFail(cause);
  }

  Future<Answer<?>> answered() {
    return answer.future();
  }
}
