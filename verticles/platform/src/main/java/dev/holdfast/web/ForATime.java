package dev.holdfast.web;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * What an operator says with a change that ends by itself: {@code ?seconds=&reason=}.
 *
 * @param time how long it lasts, 1 s to a day
 * @param reason why, and who says so
 */
public record ForATime(Duration time, String reason) {
  private static final int DAY_SECONDS = 86_400;
  private static final int REASON_MAX = 200;

  /**
   * As a request says it.
   *
   * @throws ProblemException 400 {@code invalid_parameter} when a part is missing or out of range
   */
  public static ForATime of(RoutingContext context) {
    MultiMap given = context.queryParams();
    return new ForATime(
        Duration.ofSeconds(seconds(given.get("seconds"))),
        reason(given.get("reason")) + " (" + Caller.of(context).subject() + ")");
  }

  private static long seconds(String text) {
    boolean isNumber = text != null && text.matches("[0-9]{1,6}");
    long seconds = isNumber ? Long.parseLong(text) : 0;
    if (seconds < 1 || seconds > DAY_SECONDS) {
      throw wrong("seconds must be 1 to " + DAY_SECONDS + ".");
    }
    return seconds;
  }

  private static String reason(String text) {
    if (text == null || text.isBlank() || text.length() > REASON_MAX) {
      throw wrong("reason must say why, in 1 to " + REASON_MAX + " characters.");
    }
    return text.strip();
  }

  private static RuntimeException wrong(String detail) {
    return Problem.badRequest("invalid_parameter", detail).asException();
  }
}
