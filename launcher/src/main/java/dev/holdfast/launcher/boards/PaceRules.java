package dev.holdfast.launcher.boards;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus writes them, multiplied so that a test need not wait for hours. */
final class PaceRules {
  private static final Pattern WINDOW = Pattern.compile("\\[(\\d+)([smhd])\\]");

  private PaceRules() {}

  /** At least one second. */
  static Duration paced(Duration time, double pace) {
    return Duration.ofSeconds(Math.max(1, Math.round(time.toSeconds() * pace)));
  }

  /** With every window multiplied; at least four seconds, so that two scrapes lie in it. */
  static String paced(String expression, double pace) {
    if (pace == 1) {
      return expression;
    }
    Matcher windows = WINDOW.matcher(expression);
    return windows.replaceAll(
        window -> {
          Duration paced = paced(of(window.group(1), window.group(2)), pace);
          return "[" + Math.max(4, paced.toSeconds()) + "s]";
        });
  }

  private static Duration of(String number, String unit) {
    long count = Long.parseLong(number);
    return switch (unit) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  /** In the largest unit that has it whole. */
  static String text(Duration time) {
    long seconds = time.toSeconds();
    if (seconds != 0 && seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
