package dev.holdfast.embedded;

import java.time.Duration;

/** Range checks whose messages name the field and the range. */
final class Limits {
  private Limits() {}

  static void port(String field, int value) {
    if (value < 0 || value > 65_535) {
      throw new IllegalArgumentException(field + " must be 0 (any) to 65535, got " + value);
    }
  }

  static void atLeast(String field, int least, int value) {
    if (value < least) {
      throw new IllegalArgumentException(field + " must be " + least + " or more, got " + value);
    }
  }

  static void positive(String field, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(field + " must be positive, got " + value);
    }
  }
}
