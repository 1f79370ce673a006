package dev.holdfast.telemetry;

/** Upper bounds of histogram buckets. */
final class Buckets {
  static final double[] MILLISECONDS = {
    1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000
  };
  static final double[] SECONDS = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5
  };
  static final double[] MINUTE = {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60};
  static final double[] BATCH = {1, 2, 4, 8, 16, 32};

  /** Up to two minutes, and fine enough below a tenth for agents that answer in milliseconds. */
  static final double[] ASK_SECONDS = {
    0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 120
  };

  static final double[] STORE_SECONDS = {0.001, 0.01, 0.1, 0.5, 1, 5};
  static final double[] BYTES = {100, 500, 1_000, 5_000, 10_000, 50_000, 100_000};
  static final double[] SESSION_SECONDS = {60, 300, 600, 1_800, 3_600, 7_200};

  private Buckets() {}
}
