package dev.holdfast.launcher.boards;

import static org.awaitility.Awaitility.await;

import dev.holdfast.launcher.crew.Crew;
import dev.holdfast.telemetry.Meter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * A Prometheus and an Alertmanager that watch a platform by the files that are written for it, at
 * sixty times the pace: a minute of hold time is a second.
 */
public final class Prometheus implements AutoCloseable {
  private static final double PACE = 1 / 60.0;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<Process> processes = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Watched watched;
  private final int targets;

  private Prometheus(Watched watched) {
    this.watched = watched;
    this.targets = watched.agents().size() + 3;
  }

  /** Whether both are installed. */
  public static boolean isInstalled() {
    return program("prometheus").isPresent() && alertmanager().isPresent();
  }

  private static Optional<Path> alertmanager() {
    return program("prometheus-alertmanager").or(() -> program("alertmanager"));
  }

  private static Optional<Path> program(String name) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts both, and waits until everything was scraped once.
   *
   * @param folder for their files
   * @param ports the port of each listener, by its name
   * @param webhook whom Alertmanager tells
   */
  public static Prometheus start(Path folder, ToIntFunction<String> ports, URI webhook)
      throws IOException {
    Map<String, Integer> agents = new TreeMap<>();
    Crew.NAMES.forEach(name -> agents.put(name, ports.applyAsInt(name)));
    Watched here =
        Watched.here(agents, ports.applyAsInt("metrics"), ports.applyAsInt("observability"));
    Prometheus prometheus =
        new Prometheus(
            new Watched(
                here.host(),
                here.agents(),
                here.process(),
                here.observability(),
                freeAddress(),
                freeAddress(),
                Optional.empty(),
                Optional.of(webhook.toString()),
                here.runbooks(),
                PACE));
    prometheus.begin(folder);
    return prometheus;
  }

  private static String freeAddress() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + free.getLocalPort();
    }
  }

  private void begin(Path folder) throws IOException {
    for (Map.Entry<String, String> file : BoardFiles.of(watched).entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    run(
        folder,
        alertmanager().orElseThrow(),
        "--config.file=dashboards/alertmanager.yml",
        "--storage.path=alertmanager",
        "--web.listen-address=" + watched.alertmanager(),
        "--cluster.listen-address=");
    run(
        folder,
        program("prometheus").orElseThrow(),
        "--config.file=dashboards/prometheus.yml",
        "--storage.tsdb.path=series",
        "--web.listen-address=" + watched.prometheus());
    await().atMost(LIMIT).ignoreExceptions().until(() -> query("up == 1").size() == targets);
  }

  private void run(Path folder, Path program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    processes.add(
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(program.getFileName() + ".out").toFile())
            .start());
  }

  /** The series that an expression has now. */
  JsonArray query(String expression) throws IOException, InterruptedException {
    return ask("query?query=" + encoded(expression));
  }

  /** The value of an expression that has one series; 0 without any. */
  public double figure(String expression) throws IOException, InterruptedException {
    JsonArray series = query(expression);
    return series.isEmpty()
        ? 0
        : Double.parseDouble(series.getJsonObject(0).getJsonArray("value").getString(1));
  }

  /** The series that an expression had in that time. */
  private JsonArray query(String expression, Instant from, Instant to)
      throws IOException, InterruptedException {
    return ask(
        "query_range?query=%s&start=%s&end=%s&step=1".formatted(encoded(expression), from, to));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JsonArray ask(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://" + watched.prometheus() + "/api/v1/" + path);
    String body = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    JsonObject answer = new JsonObject(body);
    if (!"success".equals(answer.getString("status"))) {
      throw new IOException(answer.getString("error"));
    }
    return answer.getJsonObject("data").getJsonArray("result");
  }

  /**
   * The expressions of boards, variables and rules that had no series in that time, each with where
   * it stands.
   */
  public List<String> unanswered(Instant from, Instant to)
      throws IOException, InterruptedException {
    List<String> empty = new ArrayList<>();
    for (AskedFor asked : AskedFor.all(watched)) {
      try {
        if (query(asked.expression(), from, to).isEmpty()) {
          empty.add(asked.toString());
        }
      } catch (IOException refused) {
        empty.add(asked + ": " + refused.getMessage());
      }
    }
    return empty;
  }

  /** The declared meters that had no series in that time. */
  public List<String> unseen(Instant from, Instant to) throws IOException, InterruptedException {
    List<String> unseen = new ArrayList<>();
    for (Meter meter : Meter.all()) {
      String series =
          meter.kind() == Meter.Kind.HISTOGRAM ? meter.title() + "_count" : meter.title();
      if (query(series, from, to).isEmpty()) {
        unseen.add(meter.title());
      }
    }
    return unseen;
  }

  /** How many expressions there are. */
  public int expressions() {
    return AskedFor.all(watched).size();
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
    processes.forEach(process -> process.onExit().join());
    client.close();
  }
}
