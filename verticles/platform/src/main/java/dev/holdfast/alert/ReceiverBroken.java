package dev.holdfast.alert;

/** A receiver that answered that it can't; for its guard. */
final class ReceiverBroken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  // An answer is a value; exceptions of this kind are never serialized.
  private final transient Answer answer;

  ReceiverBroken(Answer answer) {
    super(answer.text(), null, false, false);
    this.answer = answer;
  }

  Answer answer() {
    return answer;
  }
}
