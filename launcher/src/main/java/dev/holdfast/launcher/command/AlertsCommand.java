package dev.holdfast.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code holdfast alerts}: what is wrong now, and whether those who are told can be reached. */
@Command(
    name = "alerts",
    description = "Shows the active alerts of the running platform.",
    mixinStandardHelpOptions = true,
    subcommands = AlertsCommand.TestCommand.class)
public final class AlertsCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    JsonNode alerts = ManagementClient.ask(options.running(), "GET", "/alerts", "");
    PrintWriter out = command.commandLine().getOut();
    if (alerts.isEmpty()) {
      out.println("No alert is active.");
    }
    alerts.forEach(
        alert ->
            out.printf(
                "%-8s  %-25s  %-20s  since %s, %d times%s%n          %s  %s%n",
                alert.path("severity").asText(),
                alert.path("condition").asText(),
                alert.path("subject").asText(),
                alert.path("firstSeen").asText(),
                alert.path("count").asInt(),
                acknowledged(alert.path("acknowledged")),
                alert.path("id").asText(),
                alert.path("text").asText()));
    out.flush();
    return 0;
  }

  private static String acknowledged(JsonNode acknowledged) {
    return acknowledged.isObject()
        ? ", " + acknowledged.path("by").asText() + " looks after it"
        : "";
  }

  /** {@code holdfast alerts test}: a made-up alert and its end, told to everybody. */
  @Command(
      name = "test",
      description = "Tells every receiver of a made-up alert and of its end; prints the answers.",
      mixinStandardHelpOptions = true,
      footer = {"", "Ends with 1 when one of them did not take it."})
  static final class TestCommand implements Callable<Integer> {
    @Mixin private CommonOptions options;
    @Spec private CommandSpec command;

    @Override
    public Integer call() {
      JsonNode answers = ManagementClient.ask(options.running(), "POST", "/alerts/test", "");
      PrintWriter out = command.commandLine().getOut();
      boolean allTaken = true;
      for (Map.Entry<String, JsonNode> receiver : answers.properties()) {
        String verdict = receiver.getValue().path("verdict").asText();
        allTaken &= verdict.equals("TAKEN");
        out.printf(
            "%-10s  %-8s  %s%n",
            receiver.getKey(), verdict.toLowerCase(Locale.ROOT), text(receiver));
      }
      if (answers.isEmpty()) {
        out.println("Nobody is told of alerts: conf/alerts.yaml names no receiver.");
      }
      out.flush();
      return allTaken ? 0 : 1;
    }

    private static String text(Map.Entry<String, JsonNode> receiver) {
      return receiver.getValue().path("text").asText();
    }
  }
}
