package dev.holdfast.launcher.boards;

/** Expressions that several panels ask. */
final class Queries {
  private Queries() {}

  /** How fast a counter grows, a second, by some labels or in all. */
  static String rate(String selector, String... by) {
    return sum("rate(" + selector + "[$__rate_interval])", by);
  }

  /** How much a counter has grown over a time. */
  static String grown(String selector, String window, String... by) {
    return sum("increase(" + selector + "[" + window + "])", by);
  }

  /** A quantile of a histogram, by some labels or in all. */
  static String quantile(double rank, String histogram, String... by) {
    String[] labels = new String[by.length + 1];
    labels[0] = "le";
    System.arraycopy(by, 0, labels, 1, by.length);
    String rates = sum("rate(" + histogram + "_bucket[$__rate_interval])", labels);
    return "histogram_quantile(" + rank + ", " + rates + ")";
  }

  /** The mean of a histogram, by some labels or in all. */
  static String mean(String histogram, String... by) {
    return rate(histogram + "_sum", by) + " / " + rate(histogram + "_count", by);
  }

  static String sum(String expression, String... by) {
    return by.length == 0
        ? "sum(" + expression + ")"
        : "sum by (" + String.join(", ", by) + ") (" + expression + ")";
  }

  /** One part of a whole; 0 while the part has no series. */
  static String share(String part, String whole) {
    return "(" + part + " or vector(0)) / " + whole;
  }
}
