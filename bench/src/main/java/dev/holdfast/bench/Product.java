package dev.holdfast.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A platform of its own, started as a user starts it. */
final class Product implements AutoCloseable {
  /** Codes 10000 to 19999. */
  static final int FIRST_SKU = 10_000;

  static final int SKUS = 10_000;

  private static final int OPENING_UNITS = 1_000_000;
  private static final int SKUS_A_REQUEST = 500;
  private static final Duration START_WITHIN = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path data;
  private final JsonNode door;
  private final int metricsPort;
  private final HttpClient http = HttpClient.newHttpClient();

  private Product(Process process, Path data, JsonNode door, int metricsPort) {
    this.process = process;
    this.data = data;
    this.door = door;
    this.metricsPort = metricsPort;
    // A benchmark that is told to end takes its platform with it.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  /**
   * Starts it; blocks until it answers.
   *
   * @param home the checkout
   * @param data an empty folder
   * @param portOffset added to every port
   */
  static Product start(Path home, Path data, int portOffset) {
    return start(home, data, portOffset, Map.of());
  }

  /**
   * The same with other settings.
   *
   * @param settings as environment variables
   */
  static Product start(Path home, Path data, int portOffset, Map<String, String> settings) {
    ProcessBuilder up =
        new ProcessBuilder(
            home.resolve("holdfast").toString(),
            "up",
            "--data",
            data.toString(),
            "--port-offset",
            String.valueOf(portOffset));
    up.environment().put("HOLDFAST_POSTGRES_SHARED_BUFFERS_MB", "512");
    up.environment().put("HOLDFAST_POSTGRES_MAX_CONNECTIONS", "200");
    up.environment().putAll(settings);
    up.redirectErrorStream(true).redirectOutput(data.resolveSibling("up.log").toFile());
    try {
      Process process = up.start();
      JsonNode door = await(process, data.resolve("platform.json"));
      return new Product(process, data, door, 9_091 + portOffset);
    } catch (IOException failed) {
      throw new BenchException("the platform cannot be started: " + failed.getMessage(), failed);
    }
  }

  private static JsonNode await(Process process, Path file) throws IOException {
    long until = System.nanoTime() + START_WITHIN.toNanos();
    while (!Files.exists(file)) {
      if (!process.isAlive() || System.nanoTime() > until) {
        process.destroy();
        throw new BenchException("the platform did not start; see up.log beside " + file);
      }
      pause(200);
    }
    return JSON.readTree(file.toFile());
  }

  static void pause(long ms) {
    try {
      TimeUnit.MILLISECONDS.sleep(ms);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", stopped);
    }
  }

  long pid() {
    return process.pid();
  }

  URI api() {
    return URI.create(door.path("api").asText());
  }

  /** What it shows of itself to Prometheus. */
  URI metrics() {
    return URI.create("http://127.0.0.1:" + metricsPort + "/metrics");
  }

  String token() {
    return door.path("merchantToken").asText();
  }

  Server server() {
    return Server.of(data);
  }

  /** Books opening stock of every code, through the public API. */
  void openStock() {
    for (int from = 0; from < SKUS; from += SKUS_A_REQUEST) {
      String lines =
          IntStream.range(from, from + SKUS_A_REQUEST)
              .mapToObj(
                  code ->
                      "{\"sku\":\"%d\",\"units\":%d}".formatted(FIRST_SKU + code, OPENING_UNITS))
              .collect(Collectors.joining(","));
      HttpRequest request =
          HttpRequest.newBuilder(api().resolve("/api/v1/stock/openings"))
              .header("Authorization", "Bearer " + token())
              .header("Idempotency-Key", "bench-opening-" + from)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{\"lines\":[" + lines + "]}"))
              .build();
      int status = send(request).statusCode();
      if (status >= 300) {
        throw new BenchException("the opening stock was answered with " + status);
      }
    }
  }

  /** Statements that it sent to its own database since it began. */
  long statements() {
    return Stream.of("lanes", "queries", "reserved")
        .mapToLong(pool -> (long) metric("holdfast_pool_statements_total{pool=\"" + pool + "\"}"))
        .sum();
  }

  /** The sum of a metric's series on the process's listener. */
  double metric(String name) {
    HttpRequest request = HttpRequest.newBuilder(metrics()).build();
    return send(request)
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new BenchException("the platform does not answer: " + failed, failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", stopped);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
