package dev.holdfast.launcher.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The option of every command that ends with a report. */
final class ReportOption {
  @Option(names = "--report", paramLabel = "F", description = "Writes what came of it as JSON.")
  private Path file;

  /** Has it written where it is wanted, if it is. */
  void write(Consumer<Path> report, PrintWriter out) {
    if (file != null) {
      report.accept(file);
      out.println("The report is in " + file + ".");
    }
  }
}
