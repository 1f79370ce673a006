package dev.holdfast.launcher.command;

import dev.holdfast.launcher.boards.BoardFiles;
import dev.holdfast.launcher.boards.Watched;
import dev.holdfast.launcher.crew.Crew;
import dev.holdfast.launcher.settings.HttpSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast boards}: writes the files for Prometheus, Alertmanager and Grafana. */
@Command(
    name = "boards",
    description = "Writes what Prometheus, Alertmanager and Grafana read.",
    mixinStandardHelpOptions = true)
public final class BoardsCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Spec private CommandSpec command;

  @Option(
      names = "--into",
      paramLabel = "FOLDER",
      description = "Where to (default: the checkout).")
  private Path into;

  @Option(
      names = "--redis",
      paramLabel = "HOST:PORT",
      description = "Redis' exporter, if there is one.")
  private String redis;

  @Option(
      names = "--webhook",
      paramLabel = "URL",
      description = "Where Alertmanager sends notices.")
  private String webhook;

  @Option(
      names = "--pace",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "What all times of rules are multiplied by, above 0 to 1.")
  private double pace;

  @Override
  public Integer call() throws IOException {
    Path folder = into == null ? options.home() : into;
    PrintWriter out = command.commandLine().getOut();
    for (Map.Entry<String, String> file :
        BoardFiles.of(watched(), options.settings().metrics().names()).entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
      out.println(path);
    }
    out.flush();
    return 0;
  }

  private Watched watched() {
    Watched watched = of(options.settings().http()).at(pace);
    Watched notifying = webhook == null ? watched : watched.notifying(webhook);
    return redis == null ? notifying : notifying.withRedis(redis);
  }

  /** A platform on this machine that listens as told. */
  public static Watched of(HttpSettings http) {
    Map<String, Integer> agents = new TreeMap<>();
    Crew.NAMES.forEach(name -> agents.put(name, http.listener("agents." + name)));
    return Watched.here(agents, http.listener("metrics"), http.listener("observability"));
  }
}
