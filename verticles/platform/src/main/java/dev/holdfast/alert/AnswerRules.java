package dev.holdfast.alert;

import dev.holdfast.alert.Answer.Verdict;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What an HTTP answer of a receiver means. */
final class AnswerRules {
  /** A receiver can't put off longer than this what it is told. */
  static final Duration AFTER_MAX = Duration.ofHours(1);

  private AnswerRules() {}

  /**
   * Judges an answer. What is wrong with the document itself stays wrong: 400, 413, 415 and 422
   * refuse it. Everything else that is no success may pass, a wrong address or key too, for
   * somebody may mend it.
   *
   * @param retryAfter the header of that name, or null
   * @param text the beginning of the body
   * @param now for a header that names a time
   */
  static Answer judge(int status, String retryAfter, String text, Instant now) {
    Verdict verdict =
        switch (status) {
          case 400, 413, 415, 422 -> Verdict.REFUSED;
          default -> status / 100 == 2 ? Verdict.TAKEN : Verdict.LATER;
        };
    String line = (status + " " + text.replaceAll("\\s+", " ")).strip();
    return new Answer(
        verdict, verdict == Verdict.LATER ? after(retryAfter, now) : Optional.empty(), line);
  }

  /** Seconds, or a time in HTTP's format; what is neither says nothing. */
  static Optional<Duration> after(String header, Instant now) {
    if (header == null) {
      return Optional.empty();
    }
    String text = header.strip();
    Duration wait;
    if (text.matches("[0-9]{1,9}")) {
      wait = Duration.ofSeconds(Long.parseLong(text));
    } else {
      try {
        Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        wait = Duration.between(now, at);
      } catch (DateTimeException neither) {
        return Optional.empty();
      }
    }
    return Optional.of(
        wait.isNegative() ? Duration.ZERO : wait.compareTo(AFTER_MAX) > 0 ? AFTER_MAX : wait);
  }
}
