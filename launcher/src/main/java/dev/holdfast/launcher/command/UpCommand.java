package dev.holdfast.launcher.command;

import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.logs.LineEncoder;
import dev.holdfast.launcher.process.DataFolder;
import dev.holdfast.launcher.process.Listeners;
import dev.holdfast.launcher.process.Termination;
import dev.holdfast.launcher.running.FreshStart;
import dev.holdfast.launcher.running.RunningPlatform;
import dev.holdfast.launcher.servers.EmbeddedServices;
import dev.holdfast.launcher.settings.Profile;
import dev.holdfast.launcher.settings.Settings;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code holdfast up}: serves until SIGTERM, then stops everything and leaves with 0. When another
 * node has taken this one's work it leaves with {@link #REPLACED}. When its event loops are blocked
 * it begins anew in the same process ({@link FreshStart}), or leaves with {@link FreshStart#STUCK}.
 */
@Command(
    name = "up",
    description = "Starts the platform and serves until it is told to stop.",
    mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
  /** The exit code of a node that lost its lease. */
  public static final int REPLACED = 75;

  @Mixin private CommonOptions options;
  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = options.settings();
    Logs.into(settings.data().folder());
    LineEncoder.writeAs(settings);
    Termination termination = Termination.watch();
    int code = 1;
    // The folder first: who has it has the ports too, and is the better answer.
    try (DataFolder folder = DataFolder.take(settings.data().folder())) {
      Listeners.requireFree(settings.http());
      code = serve(folder, settings, termination);
    } finally {
      termination.finish(code);
    }
    return code;
  }

  private int serve(DataFolder folder, Settings settings, Termination termination)
      throws InterruptedException {
    FreshStart again =
        new FreshStart(
            settings.recovery().process(), Clock.system(), command.commandLine().getOut());
    again.sayWhetherThisIsOne();
    try (RunningPlatform running = RunningPlatform.start(settings)) {
      sayWhatRuns(folder, running, settings);
      Future<Void> replaced = running.platform().leaseLost();
      replaced.onSuccess(lost -> termination.request());
      Future<Void> stuck = running.platform().beyondHope();
      stuck.onSuccess(blocked -> giveUp(termination));
      termination.await();
      if (stuck.succeeded()) {
        again.instead(running, termination::isTold);
        Runtime.getRuntime().halt(FreshStart.STUCK);
      }
      PrintWriter out = command.commandLine().getOut();
      out.println(
          replaced.succeeded() ? "Another node has this one's work. Stopping." : "Stopping.");
      return replaced.succeeded() ? REPLACED : 0;
    }
  }

  /** Its loops can't stop anything any more; what was committed is enough to go on from. */
  private static void giveUp(Termination termination) {
    if (termination.isRequested()) {
      Runtime.getRuntime().halt(FreshStart.STUCK);
    }
    termination.request();
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
