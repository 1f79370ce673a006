package dev.holdfast.kernel;

import java.util.Objects;
import java.util.function.Function;

/**
 * What became of a command, as it is recorded and told to whoever asks again. An outage is no
 * outcome: it is an {@link Unavailable}, and is never recorded.
 *
 * @param <R> the reply when it is done
 */
public sealed interface Outcome<R> {

  /** It took effect. */
  record Done<R>(R reply) implements Outcome<R> {
    public Done {
      Objects.requireNonNull(reply, "reply");
    }
  }

  /** It was refused for good, and changed nothing. */
  record Rejected<R>(Refusal why) implements Outcome<R> {
    public Rejected {
      Objects.requireNonNull(why, "why");
    }
  }

  static <R> Outcome<R> done(R reply) {
    return new Done<>(reply);
  }

  static <R> Outcome<R> rejected(Refusal why) {
    return new Rejected<>(why);
  }

  /** The same outcome with another reply. */
  default <T> Outcome<T> map(Function<? super R, ? extends T> reply) {
    return switch (this) {
      case Done<R> done -> new Done<>(reply.apply(done.reply()));
      case Rejected<R> rejected -> new Rejected<>(rejected.why());
    };
  }

  /**
   * The reply, for callers that know it was done.
   *
   * @throws IllegalStateException when it was rejected
   */
  default R orThrow() {
    return switch (this) {
      case Done<R> done -> done.reply();
      case Rejected<R> rejected -> throw new IllegalStateException(rejected.why().toString());
    };
  }
}
