package dev.holdfast.bench;

import picocli.CommandLine.Option;

/** How a platform is measured that is compared with itself. */
final class WindowOptions {
  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "30",
      description = "Length of a window in seconds (default: 30).")
  private int seconds;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      defaultValue = "4",
      description = "How often both are measured (default: 4).")
  private int pairs;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      defaultValue = "180",
      description = "Load before the first window in seconds (default: 180).")
  private int warmUp;

  @Option(
      names = "--port-offset",
      paramLabel = "N",
      defaultValue = "900",
      description = "Added to every port of the measured platform (default: 900).")
  private int portOffset;

  int seconds() {
    return seconds;
  }

  int pairs() {
    return pairs;
  }

  int warmUp() {
    return warmUp;
  }

  int portOffset() {
    return portOffset;
  }
}
