package dev.holdfast.launcher.failure;

import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/** Requests of strangers, merchants and scanners to every listener, with whatever they make up. */
final class RandomRequests {
  private static final int AT_ONCE = 16;
  private static final int SHAPES = 10;
  private static final int MERCHANTS = 40;
  private static final Duration WITHIN = Duration.ofSeconds(20);

  private final PlatformExtension platform;
  private final Asked asked;
  private final List<String> listeners = new ArrayList<>();
  private final List<String> merchants = new ArrayList<>();
  private final Map<Integer, Integer> answers = new ConcurrentSkipListMap<>();

  RandomRequests(PlatformExtension platform, Asked asked) {
    this.platform = platform;
    this.asked = asked;
    listeners.addAll(platform.agents());
    listeners.addAll(List.of("api", "management", "observability", "metrics"));
    for (int each = 0; each < MERCHANTS; each++) {
      merchants.add(platform.token(Role.MERCHANT, 1_000 + each));
    }
  }

  /** Sends so many and waits for all answers. */
  void send(int requests, long seed) throws Exception {
    Random random = new Random(seed);
    List<CompletableFuture<?>> open = new ArrayList<>();
    for (int number = 0; number < requests; number++) {
      open.add(
          asked
              .http()
              .sendAsync(request(number, random), BodyHandlers.discarding())
              .thenAccept(answer -> answers.merge(answer.statusCode(), 1, Integer::sum)));
      if (open.size() == AT_ONCE) {
        awaitAll(open);
      }
    }
    awaitAll(open);
  }

  private static void awaitAll(List<CompletableFuture<?>> open) throws Exception {
    CompletableFuture.allOf(open.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    open.clear();
  }

  private HttpRequest request(int number, Random random) {
    String word = Long.toString(random.nextLong() >>> 1, Character.MAX_RADIX);
    UUID id = new UUID(random.nextLong(), random.nextLong());
    return switch (number % SHAPES) {
      case 0 -> any(number, "/" + word).GET().build();
      case 1 ->
          any(number, "/" + word + "/" + id + "?a=" + word).POST(BodyPublishers.noBody()).build();
      case 2 ->
          any(number, "/health/" + word).method(letters(random), BodyPublishers.noBody()).build();
      case 3 -> api(random, "/api/v1/orders/" + id).GET().build();
      case 4 -> api(random, "/api/v1/" + word).GET().build();
      case 5 ->
          api(random, "/api/v1/orders")
              .header("Idempotency-Key", word)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(new JsonObject().put(word, id.toString()).encode()))
              .build();
      case 6 ->
          asked
              .request("observability", "/events")
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(event(word)))
              .build();
      case 7 -> api(random, "/api/v1/products?limit=" + (1 + random.nextInt(50))).GET().build();
      case 8 ->
          api(random, "/api/v1/orders")
              .header("Idempotency-Key", word)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(Shopfront.order(word, word, 1).encode()))
              .build();
      default -> api(random, "/api/v1/products?" + word + "=" + id).GET().build();
    };
  }

  private static String letters(Random random) {
    return "M"
        + Integer.toString(random.nextInt(1 << 20), Character.MAX_RADIX).toUpperCase(Locale.ROOT);
  }

  private static String event(String word) {
    return new JsonObject()
        .put("source_app", word)
        .put("session_id", word)
        .put("hook_event_type", word)
        .put("payload", new JsonObject().put(word, word))
        .encode();
  }

  /** Each listener in its turn, so that a warm-up has met all of them. */
  private HttpRequest.Builder any(int number, String path) {
    return to(listeners.get(number / SHAPES % listeners.size()), path);
  }

  private HttpRequest.Builder api(Random random, String path) {
    return to("api", path)
        .header("Authorization", "Bearer " + merchants.get(random.nextInt(merchants.size())));
  }

  private HttpRequest.Builder to(String listener, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + platform.port(listener) + path))
        .timeout(WITHIN);
  }

  /** The answers by status. */
  @Override
  public String toString() {
    return new TreeMap<>(answers).toString();
  }
}
