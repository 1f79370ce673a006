package dev.holdfast.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.launcher.process.PlatformFile;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast status}: how the platform on a data folder is. */
@Command(
    name = "status",
    description = "Shows agents, level, runs, outbox, dead letters and servers.",
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec command;

  @Option(names = "--json", description = "Prints what the platform answers, as JSON.")
  private boolean asJson;

  @Override
  public Integer call() {
    PlatformFile platform = options.running();
    JsonNode status = ManagementClient.status(platform);
    PrintWriter out = command.commandLine().getOut();
    if (asJson) {
      out.println(status.toPrettyString());
    } else {
      show(status, platform, out);
    }
    out.flush();
    return 0;
  }

  private static void show(JsonNode status, PlatformFile platform, PrintWriter out) {
    out.printf(
        "Holdfast runs as process %d, level %s%s.%n",
        platform.pid(), status.path("level").asText("?"), reasons(status.path("reasons")));
    out.printf(
        "  %-12s %s%n  %-12s %s%n", "api", platform.api(), "management", platform.management());
    out.println();
    out.printf("  %-12s %-12s %-5s %8s  %s%n", "AGENT", "PHASE", "WELL", "RESTARTS", "DETAIL");
    status.path("agents").forEach(agent -> show(agent, out));
    out.println();
    status.path("levelChanges").forEach(change -> levelChange(change, out));
    line(out, "restarts", status.path("restarts"));
    line(out, "runs", status.path("runs"));
    line(out, "outbox", status.path("outbox"));
    line(out, "published", status.path("published"));
    line(out, "dead letters", status.path("deadLetters"));
    status.path("guards").forEach(guard -> guard(guard, out));
    status.path("servers").forEach(server -> server(server, out));
  }

  private static void show(JsonNode agent, PrintWriter out) {
    out.printf(
        "  %-12s %-12s %-5s %8d  %s%n",
        agent.path("agent").asText(),
        agent.path("phase").asText(),
        agent.path("well").asBoolean() ? "yes" : "no",
        agent.path("restarts").asLong(),
        agent.path("detail").asText(""));
  }

  private static void levelChange(JsonNode change, PrintWriter out) {
    out.printf(
        "  %-12s %s %s on %s: %s after %s%s%n",
        "level",
        change.path("at").asText(),
        change.path("subject").asText(),
        change.path("node").asText(),
        change.path("to").asText(),
        change.path("from").asText(),
        reasons(change.path("reasons")));
  }

  private static void guard(JsonNode guard, PrintWriter out) {
    out.printf(
        "  %-12s %s: %s, %d answered, %d failed, %d refused, opened %d times%n",
        "guard",
        guard.path("guard").asText(),
        guard.path("state").asText(),
        guard.path("succeeded").asLong(),
        guard.path("failed").asLong(),
        guard.path("refused").asLong(),
        guard.path("openings").asLong());
  }

  private static void server(JsonNode server, PrintWriter out) {
    out.printf(
        "  %-12s 127.0.0.1:%d, process %d, %s, brought back %d times%n",
        server.path("name").asText(),
        server.path("port").asInt(),
        server.path("pid").asLong(),
        server.path("alive").asBoolean() ? "alive" : "dead",
        server.path("restarts").asInt());
  }

  private static String reasons(JsonNode reasons) {
    return reasons.isEmpty() ? "" : " because of " + plain(reasons);
  }

  private static void line(PrintWriter out, String name, JsonNode value) {
    out.printf("  %-12s %s%n", name, value.isMissingNode() ? "not known now" : plain(value));
  }

  /** Names and figures without JSON's signs. */
  private static String plain(JsonNode value) {
    if (value.isArray()) {
      StringBuilder all = new StringBuilder();
      value.forEach(one -> all.append(all.isEmpty() ? "" : ", ").append(plain(one)));
      return all.toString();
    }
    if (!value.isObject()) {
      return value.asText();
    }
    StringBuilder all = new StringBuilder();
    for (Iterator<Map.Entry<String, JsonNode>> fields = value.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      all.append(all.isEmpty() ? "" : ", ")
          .append(field.getKey())
          .append(' ')
          .append(plain(field.getValue()));
    }
    return all.isEmpty() ? "0" : all.toString();
  }
}
