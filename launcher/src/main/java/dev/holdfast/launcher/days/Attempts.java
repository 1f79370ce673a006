package dev.holdfast.launcher.days;

import java.time.Instant;

/** Hears how each attempt at a request went. Called from many threads. */
@FunctionalInterface
public interface Attempts {
  /** Nobody listens. */
  Attempts NONE = attempt -> {};

  /**
   * One attempt.
   *
   * @param path below {@code /api/v1}
   * @param key of a request for a change; "" of a question
   * @param begun when it was sent
   * @param ended when it was answered or given up
   * @param status of HTTP; 0 when there was no answer
   * @param id of what it is about; "" when the answer names none
   * @param intent whether it was accepted, to be entered when the database is back
   */
  record Attempt(
      String path,
      String key,
      Instant begun,
      Instant ended,
      int status,
      String id,
      boolean intent) {}

  /** It went like this. */
  void attempted(Attempt attempt);
}
