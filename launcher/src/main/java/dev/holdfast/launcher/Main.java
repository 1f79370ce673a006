package dev.holdfast.launcher;

import dev.holdfast.embedded.StartException;
import dev.holdfast.launcher.command.AlertsCommand;
import dev.holdfast.launcher.command.BoardsCommand;
import dev.holdfast.launcher.command.ChaosCommand;
import dev.holdfast.launcher.command.DayCommand;
import dev.holdfast.launcher.command.DrillCommand;
import dev.holdfast.launcher.command.ReplayCommand;
import dev.holdfast.launcher.command.StatusCommand;
import dev.holdfast.launcher.command.UpCommand;
import dev.holdfast.launcher.process.Complaint;
import dev.holdfast.launcher.process.Product;
import dev.holdfast.launcher.settings.SettingsException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: arguments in, exit code out. */
@Command(
    name = "holdfast",
    description = "A self-healing commerce platform.",
    version = "Holdfast " + Product.VERSION,
    mixinStandardHelpOptions = true,
    footer = {"", "The script itself knows two more: holdfast test, holdfast bench orders."},
    subcommands = {
      UpCommand.class,
      ReplayCommand.class,
      DayCommand.class,
      StatusCommand.class,
      ChaosCommand.class,
      DrillCommand.class,
      BoardsCommand.class,
      AlertsCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec command;

  private Main() {}

  /** Runs one subcommand and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Runs one subcommand; 0 done, 1 it failed, 2 wrong arguments or settings. */
  static int execute(String... arguments) {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::refuse)
        .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command))
        .execute(arguments);
  }

  private static int refuse(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    command.getErr().println("holdfast: " + wrong.getMessage());
    command.getErr().println("See: holdfast " + helpOf(command));
    return CommandLine.ExitCode.USAGE;
  }

  private static String helpOf(CommandLine command) {
    return command.getParent() == null ? "--help" : command.getCommandName() + " --help";
  }

  private static int report(Exception failure, CommandLine command) {
    return switch (failure) {
      case SettingsException wrong -> say(command, wrong, CommandLine.ExitCode.USAGE);
      case Complaint complaint -> say(command, complaint, CommandLine.ExitCode.SOFTWARE);
      case StartException notStarted -> say(command, notStarted, CommandLine.ExitCode.SOFTWARE);
      default -> {
        failure.printStackTrace(command.getErr());
        yield CommandLine.ExitCode.SOFTWARE;
      }
    };
  }

  private static int say(CommandLine command, Exception failure, int code) {
    command.getErr().println("holdfast: " + failure.getMessage());
    return code;
  }

  /** Without a subcommand there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "name a command, for example: holdfast up");
  }
}
