package dev.holdfast.alert;

import java.time.Duration;
import java.util.Optional;

/**
 * What a receiver answered.
 *
 * @param verdict what it means
 * @param after when to ask again at the earliest, if the receiver said so
 * @param text one line for operators; holds no secret
 */
public record Answer(Verdict verdict, Optional<Duration> after, String text) {
  /** What becomes of what was told. */
  public enum Verdict {
    /** It is there. */
    TAKEN,
    /** Not now. */
    LATER,
    /** This will never be taken. */
    REFUSED
  }

  /** It is there. */
  static Answer taken(String text) {
    return new Answer(Verdict.TAKEN, Optional.empty(), text);
  }

  /** Not now. */
  static Answer later(String text) {
    return new Answer(Verdict.LATER, Optional.empty(), text);
  }
}
