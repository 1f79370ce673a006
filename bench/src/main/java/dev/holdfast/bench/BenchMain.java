package dev.holdfast.bench;

import dev.holdfast.bench.guard.GuardCommand;
import dev.holdfast.bench.scrape.ScrapeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the benchmarks. */
@Command(
    name = "bench",
    description = "Measures the product beside what could be written by hand.",
    mixinStandardHelpOptions = true,
    subcommands = {
      OrdersCommand.class,
      TracesCommand.class,
      GuardCommand.class,
      ScrapeCommand.class,
      ScrapedCommand.class
    })
public final class BenchMain implements Runnable {
  @Spec private CommandSpec command;

  private BenchMain() {}

  /**
   * Runs one benchmark and ends the process: 0 it was measured, 1 it could not be, 2 wrong
   * arguments.
   */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new BenchMain())
            .setExecutionExceptionHandler(BenchMain::report)
            .execute(arguments));
  }

  private static int report(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    if (failure instanceof BenchException) {
      command.getErr().println("holdfast: " + failure.getMessage());
    } else {
      failure.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** Without a benchmark there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(
        command.commandLine(), "name a benchmark, for example: holdfast bench orders");
  }
}
