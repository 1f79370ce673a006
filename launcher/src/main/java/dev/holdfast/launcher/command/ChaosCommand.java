package dev.holdfast.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.chaos.FaultRequest;
import dev.holdfast.launcher.process.Complaint;
import dev.holdfast.launcher.process.PlatformFile;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast chaos}: breaks a part of the running platform for a time. */
@Command(
    name = "chaos",
    description = "Breaks a part of the running platform for a time; never in production.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Of an agent:    crash, crash-loop, bad-configuration, hang, slow, poison, block-loop",
      "Of a server:    stop, freeze, kill (postgres or kafka, of our own)",
      "Of the wire:    delay, cut, half-open, swallow-commit (postgres or kafka; the platform must",
      "                have been started with HOLDFAST_CHAOS_PROXIED=true)",
      "Of a partner:   partner-out, partner-faults (payment or carriers)",
      "Of the journal: journal-full, journal-corrupt"
    },
    subcommands = {ChaosCommand.ListCommand.class, ChaosCommand.EndCommand.class})
public final class ChaosCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec command;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FAULT",
      description = "Which fault, see below.")
  private String fault;

  @Parameters(
      index = "1",
      arity = "0..1",
      defaultValue = "",
      paramLabel = "TARGET",
      description = "Whom it befalls: an agent, postgres, kafka, payment, carriers.")
  private String target;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "0s",
      converter = ShortTime.class,
      description = "How long, such as 500ms, 30s or 2m (default: chaos.usualMs).")
  private Duration time;

  @Option(
      names = "--by",
      paramLabel = "TIME",
      defaultValue = "0s",
      converter = ShortTime.class,
      description = "Of slow and delay: by how much (default: 200ms).")
  private Duration by;

  @Option(
      names = "--per-mille",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of partner-faults: how many of 1000 operations, each kind (default: 50).")
  private int perMille;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Of partner-faults: the same seed and keys meet the same faults.")
  private int seed;

  @Override
  public Integer call() {
    if (fault == null) {
      throw new ParameterException(command.commandLine(), "name a fault, list or end");
    }
    PlatformFile platform = options.running();
    JsonNode begun = ManagementClient.ask(platform, "POST", "/chaos", RecordJson.write(wanted()));
    PrintWriter out = command.commandLine().getOut();
    show(begun, out);
    out.flush();
    return 0;
  }

  private FaultRequest wanted() {
    try {
      FaultRequest wanted =
          new FaultRequest(fault, target, millis(time), millis(by), perMille, seed);
      wanted.toFault();
      return wanted;
    } catch (IllegalArgumentException wrong) {
      throw new Complaint(wrong.getMessage());
    }
  }

  private static int millis(Duration time) {
    return (int) Math.min(time.toMillis(), Integer.MAX_VALUE);
  }

  private static void show(JsonNode one, PrintWriter out) {
    out.printf(
        "%-4s %-15s %-12s since %s until %s%n",
        one.path("id").asText(),
        one.path("fault").asText(),
        one.path("target").asText(),
        one.path("begun").asText(),
        one.path("until").asText());
  }

  /** {@code holdfast chaos list}. */
  @Command(
      name = "list",
      description = "Shows the faults that are active.",
      mixinStandardHelpOptions = true)
  static final class ListCommand implements Callable<Integer> {
    @Mixin private CommonOptions options;
    @Spec private CommandSpec command;

    @Override
    public Integer call() {
      PlatformFile platform = options.running();
      PrintWriter out = command.commandLine().getOut();
      Iterator<JsonNode> active = ManagementClient.ask(platform, "GET", "/chaos", "").elements();
      if (!active.hasNext()) {
        out.println("No fault is active.");
      }
      active.forEachRemaining(one -> show(one, out));
      out.flush();
      return 0;
    }
  }

  /** {@code holdfast chaos end}. */
  @Command(
      name = "end",
      description = "Ends a fault before its time.",
      mixinStandardHelpOptions = true)
  static final class EndCommand implements Callable<Integer> {
    @Mixin private CommonOptions options;
    @Spec private CommandSpec command;

    @Parameters(paramLabel = "NUMBER", description = "Its number, from chaos list.")
    private long number;

    @Override
    public Integer call() {
      PlatformFile platform = options.running();
      ManagementClient.ask(platform, "DELETE", "/chaos/" + number, "");
      command.commandLine().getOut().println("Fault " + number + " is over.");
      command.commandLine().getOut().flush();
      return 0;
    }
  }
}
