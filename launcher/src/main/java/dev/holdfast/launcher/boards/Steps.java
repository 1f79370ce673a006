package dev.holdfast.launcher.boards;

import java.util.List;

/**
 * Where a panel's colours change.
 *
 * @param base the colour below the first step
 * @param steps upwards
 * @param texts what values are called, for states; may be empty
 */
record Steps(String base, List<Step> steps, List<Text> texts) {
  static final String GREEN = "green";
  static final String YELLOW = "yellow";
  static final String RED = "red";
  static final String BLUE = "blue";

  /** Nothing is good or bad about the value. */
  static final Steps PLAIN = new Steps(BLUE, List.of(), List.of());

  /** From this value on that colour. */
  record Step(double from, String colour) {}

  /** One value in words. */
  record Text(int value, String text, String colour) {}

  /** Green, and red from the limit on. */
  static Steps badFrom(double red) {
    return new Steps(GREEN, List.of(new Step(red, RED)), List.of());
  }

  /** Green, then yellow, then red. */
  static Steps worse(double yellow, double red) {
    return new Steps(GREEN, List.of(new Step(yellow, YELLOW), new Step(red, RED)), List.of());
  }

  /** Red, then yellow, then green. */
  static Steps better(double yellow, double green) {
    return new Steps(RED, List.of(new Step(yellow, YELLOW), new Step(green, GREEN)), List.of());
  }

  /** Red, and green from the limit on. */
  static Steps goodFrom(double green) {
    return new Steps(RED, List.of(new Step(green, GREEN)), List.of());
  }

  /** 1 is well and 0 is not. */
  static Steps upOrDown(String up, String down) {
    return new Steps(
        RED, List.of(new Step(1, GREEN)), List.of(new Text(1, up, GREEN), new Text(0, down, RED)));
  }

  /** A breaker's states. */
  static Steps breaker() {
    return new Steps(
        GREEN,
        List.of(new Step(1, RED), new Step(2, YELLOW)),
        List.of(
            new Text(0, "closed", GREEN),
            new Text(1, "open", RED),
            new Text(2, "half-open", YELLOW)));
  }

  /** Levels of degradation. */
  static Steps levels() {
    return new Steps(
        GREEN,
        List.of(new Step(1, YELLOW), new Step(3, RED)),
        List.of(
            new Text(0, "full", GREEN),
            new Text(1, "database fallback", YELLOW),
            new Text(2, "Kafka unavailable", YELLOW),
            new Text(3, "several down", RED),
            new Text(4, "failed", RED)));
  }

  /** Modes of operation. */
  static Steps modes() {
    return new Steps(
        GREEN,
        List.of(new Step(1, YELLOW), new Step(2, RED)),
        List.of(
            new Text(0, "normal", GREEN),
            new Text(1, "degraded", YELLOW),
            new Text(2, "minimal", RED),
            new Text(3, "emergency", RED)));
  }
}
