package dev.holdfast.launcher.settings;

/** Range checks whose messages begin with the key. */
final class Ranges {
  static final int PORT_MAX = 65_535;

  private Ranges() {}

  static void zeroOrBetween(String key, int least, int most, int value) {
    if (value != 0) {
      between(key, least, most, value);
    }
  }

  static void between(String key, int least, int most, int value) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          key + " must be " + least + " to " + most + ", got " + value);
    }
  }
}
