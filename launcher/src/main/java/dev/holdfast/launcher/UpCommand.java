package dev.holdfast.launcher;

import dev.holdfast.launcher.settings.Profile;
import dev.holdfast.launcher.settings.Settings;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast up}: serves until SIGTERM, then stops everything and leaves with 0. */
@Command(
    name = "up",
    description = "Starts the platform and serves until it is told to stop.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = options.settings();
    Logs.into(settings.data().folder());
    Termination termination = Termination.watch();
    int code = 1;
    // The folder first: who has it has the ports too, and is the better answer.
    try (DataFolder folder = DataFolder.take(settings.data().folder())) {
      Listeners.requireFree(settings.http());
      serve(folder, settings, termination);
      code = 0;
    } finally {
      termination.finish(code);
    }
    return code;
  }

  private void serve(DataFolder folder, Settings settings, Termination termination)
      throws InterruptedException {
    try (RunningPlatform running = RunningPlatform.start(settings)) {
      sayWhatRuns(folder, running, settings);
      termination.await();
      command.commandLine().getOut().println("Stopping.");
    }
  }

  private void sayWhatRuns(DataFolder folder, RunningPlatform running, Settings settings) {
    EmbeddedServices services = running.services();
    PrintWriter out = command.commandLine().getOut();
    out.println("Holdfast is up, process " + ProcessHandle.current().pid() + ".");
    out.println("  data        " + folder.path());
    if (!settings.postgres().isEmbedded()) {
      out.println("  PostgreSQL  external, " + services.postgres());
    }
    if (!settings.kafka().isEmbedded()) {
      out.println("  Kafka       external, " + services.bootstrapServers());
    }
    services
        .children()
        .forEach(
            child ->
                out.printf(
                    "  %-11s 127.0.0.1:%d, process %d, log %s%n",
                    child.name(), child.port(), child.pid(), child.log()));
    running.ports().forEach((name, port) -> out.printf("  %-11s port %d%n", name, port));
    if (settings.profile() != Profile.PRODUCTION) {
      out.println("Tokens for 12 hours:");
      running
          .tokens()
          .forEach(
              (role, token) ->
                  out.printf("  %-9s %s%n", role.name().toLowerCase(Locale.ROOT), token));
    }
    out.println("Stop it with Ctrl-C or: kill " + ProcessHandle.current().pid());
    out.flush();
  }
}
