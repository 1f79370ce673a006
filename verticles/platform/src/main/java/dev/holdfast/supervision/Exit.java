package dev.holdfast.supervision;

import java.time.Instant;

/**
 * How a life of a child ended.
 *
 * @param signal what was seen
 * @param detail one line for an operator: the exception's class and message, or what was missed
 * @param at when the fault happened, as far as it is known
 */
public record Exit(Signal signal, String detail, Instant at) {
  private static final int DETAIL_LIMIT = 200;

  /** The end that an exception caused. */
  static Exit of(Signal signal, Throwable failure, Instant at) {
    return new Exit(signal, oneLine(failure), at);
  }

  /** The exception's class and message, cut to 200 characters. */
  static String oneLine(Throwable failure) {
    String text = failure.toString().replaceAll("\\s+", " ");
    return text.substring(0, Math.min(text.length(), DETAIL_LIMIT));
  }
}
