package dev.holdfast.launcher.failure;

import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.launcher.days.Door;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Where a test's customers buy over HTTP, each on a connection of its own when many come. */
final class Shopfront implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ToIntFunction<String> ports;
  private final Function<Role, String> tokens;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();

  /**
   * What came back.
   *
   * @param took from the asking to the whole answer, as the customer sees it
   */
  record Told(int status, JsonObject body, boolean replayed, Duration took) {
    String code() {
      return body.getString("code");
    }
  }

  Shopfront(PlatformExtension platform) {
    this(platform::port, platform::token);
  }

  /** That of a platform in another process, by its public API alone. */
  Shopfront(Door door) {
    this(listener -> URI.create(door.api()).getPort(), role -> door.token());
  }

  private Shopfront(ToIntFunction<String> ports, Function<Role, String> tokens) {
    this.ports = ports;
    this.tokens = tokens;
  }

  /** One thing, or some of it, for 2.50 each. */
  static JsonObject order(String customer, String sku, long units) {
    JsonObject line =
        new JsonObject().put("sku", sku).put("quantity", units).put("unitPrice", "2.50");
    return new JsonObject()
        .put("customer", customer)
        .put("placedAt", "2026-11-01T10:00:00Z")
        .put("currency", "GBP")
        .put("lines", new JsonArray().add(line))
        .put("billing", new JsonObject().put("country", "GB"))
        .put("shipping", new JsonObject().put("country", "GB"))
        .put("paymentMethod", "tok_visa");
  }

  /** {@code POST /orders} at the platform's own door. */
  CompletableFuture<Told> place(String key, JsonObject order) {
    return place(ports.applyAsInt("api"), key, order);
  }

  /** The same at another door. */
  CompletableFuture<Told> place(int port, String key, JsonObject order) {
    return send(
        request(port, "/api/v1/orders", Role.MERCHANT)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(order.encode())));
  }

  /** Any other command to the API, of the merchant. */
  CompletableFuture<Told> post(String path, String key, JsonObject body) {
    return send(
        request(ports.applyAsInt("api"), "/api/v1" + path, Role.MERCHANT)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body.encode())));
  }

  /** What is there now. */
  CompletableFuture<Told> see(String path) {
    return send(request(ports.applyAsInt("api"), "/api/v1" + path, Role.MERCHANT).GET());
  }

  /** A question to the management listener. */
  CompletableFuture<Told> inspect(String path) {
    return send(request(ports.applyAsInt("management"), path, Role.ADMIN).GET());
  }

  /** An order to the management listener. */
  CompletableFuture<Told> operate(String path) {
    return send(
        request(ports.applyAsInt("management"), path, Role.ADMIN).POST(BodyPublishers.noBody()));
  }

  /** A change, given to the management listener. */
  CompletableFuture<Told> change(String path, JsonObject body) {
    return send(
        request(ports.applyAsInt("management"), path, Role.ADMIN)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body.encode())));
  }

  private HttpRequest.Builder request(int port, String path, Role as) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer " + tokens.apply(as))
        .timeout(PATIENCE);
  }

  private CompletableFuture<Told> send(HttpRequest.Builder request) {
    long asked = System.nanoTime();
    return client
        .sendAsync(request.build(), BodyHandlers.ofString())
        .thenApply(answer -> told(answer, Duration.ofNanos(System.nanoTime() - asked)));
  }

  private static Told told(HttpResponse<String> answer, Duration took) {
    String body = answer.body();
    return new Told(
        answer.statusCode(),
        body.startsWith("[")
            ? new JsonObject().put("items", new JsonArray(body))
            : new JsonObject(body),
        answer.headers().firstValue("Idempotent-Replayed").isPresent(),
        took);
  }

  static Told await(CompletableFuture<Told> answer) throws Exception {
    return answer.get(PATIENCE.toSeconds() + 1, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    client.close();
    threads.shutdown();
  }
}
