package dev.holdfast.launcher.days;

/**
 * What became of a document that was brought to the shop.
 *
 * @param path where its course is seen, below {@code /api/v1}; null when it has none or is known to
 *     have ended
 * @param failure why it is not in the books, or null
 */
record Booking(String path, String failure) {
  static Booking done() {
    return new Booking(null, null);
  }

  static Booking at(String path) {
    return new Booking(path, null);
  }

  static Booking failed(String failure) {
    return new Booking(null, failure);
  }
}
