package dev.holdfast.launcher.command;

import dev.holdfast.launcher.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that lets a generated day happen. */
final class DayOptions {
  @Mixin private CommonOptions common;
  @Mixin private ReportOption report;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "42",
      description = "The same seed gives the same day, and the same plan (default: 42).")
  private long seed;

  /** All settings: file, then environment, then options. */
  Settings settings() {
    return common.settings();
  }

  long seed() {
    return seed;
  }

  /** Has what came of it written where it is wanted, if it is. */
  void write(Consumer<Path> written, PrintWriter out) {
    report.write(written, out);
  }
}
