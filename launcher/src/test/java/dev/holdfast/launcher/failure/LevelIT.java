package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.launcher.failure.Shopfront.Told;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The level as it is seen from outside, ten times a second, while servers are frozen. Seven seconds
 * each; {@code -Dholdfast.freeze.seconds=60} for the long form.
 */
class LevelIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private static final Duration FREEZE =
      Duration.ofSeconds(Integer.getInteger("holdfast.freeze.seconds", 7));

  /** How long the level may be wrong after each change. */
  private static final Duration BLIND = Duration.ofSeconds(5);

  /** How long it may take until all is said to be well. */
  private static final Duration WELL = Duration.ofSeconds(10);

  /** How long it is looked at afterwards. */
  private static final Duration AFTER = BLIND.plusMillis(1_500);

  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int POSTGRES = 0;
  private static final int KAFKA = 1;
  private static final String SKU = "50001";

  private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();
  private final Shopfront shop = new Shopfront(PLATFORM);

  private record Sample(long nanos, int level) {}

  @BeforeEach
  void watch() throws Exception {
    new Till(PLATFORM, "level").stock(SKU, 1_000);
    var unused =
        sampler.scheduleAtFixedRate(
            () -> {
              long asked = System.nanoTime();
              var unusedTelling =
                  shop.inspect("/health/ready")
                      .thenAccept(
                          told -> samples.add(new Sample(asked, told.body().getInteger("level"))));
            },
            0,
            100,
            TimeUnit.MILLISECONDS);
    await().atMost(LIMIT).until(() -> level() == 0);
  }

  @AfterEach
  void close() {
    sampler.shutdownNow();
    shop.close();
  }

  private int level() throws Exception {
    return Shopfront.await(shop.inspect("/health/ready")).body().getInteger("level");
  }

  private Told place(String key) throws Exception {
    return Shopfront.await(shop.place(key, Shopfront.order(key, SKU, 1)));
  }

  /** Whether the level was one of these whenever it was looked at. */
  private void assertLevels(Set<Integer> right, long fromNanos, long toNanos) {
    List<Sample> seen =
        samples.stream()
            .filter(sample -> sample.nanos() - fromNanos >= 0 && sample.nanos() - toNanos < 0)
            .toList();
    assertFalse(seen.isEmpty());
    for (Sample sample : seen) {
      assertTrue(right.contains(sample.level()), seen + ", not all in " + right);
    }
  }

  /** When all was well again. */
  private long frozen(int server, Set<Integer> right, Act meanwhile) throws Exception {
    long froze = System.nanoTime();
    long thawed;
    try (Frozen frozen = Frozen.of(PLATFORM.servers().get(server))) {
      await().atMost(LIMIT).until(() -> right.contains(level()));
      System.out.printf("said after %d ms%n", (System.nanoTime() - froze) / 1_000_000);
      meanwhile.run();
      await().atMost(FREEZE.plus(LIMIT)).until(() -> System.nanoTime() - froze > FREEZE.toNanos());
      thawed = System.nanoTime();
      frozen.thaw();
    }
    assertLevels(right, froze + BLIND.toNanos(), thawed);
    await().atMost(LIMIT).until(() -> level() == 0);
    long well = System.nanoTime();
    System.out.printf("level 0 after %d ms%n", (well - thawed) / 1_000_000);
    assertTrue(well - thawed <= WELL.toNanos(), "it took " + (well - thawed) / 1_000_000 + " ms");
    return thawed;
  }

  private interface Act {
    void run() throws Exception;
  }

  @Tag("E-060")
  @Tag("E-065")
  @Tag("E-067")
  @Tag("E-252")
  @Test
  void the_level_is_true_within_five_seconds_both_ways_and_restarts_nobody() throws Exception {
    long back = frozen(POSTGRES, Set.of(1, 3, 4), this::withoutPostgres);
    await().atMost(LIMIT).until(() -> System.nanoTime() - back > AFTER.toNanos());
    assertLevels(Set.of(0), back + BLIND.toNanos(), System.nanoTime());
    assertEquals(201, place("second").status());

    long again = frozen(KAFKA, Set.of(2), this::withoutKafka);
    await().atMost(LIMIT).until(() -> System.nanoTime() - again > AFTER.toNanos());
    assertLevels(Set.of(0), again + BLIND.toNanos(), System.nanoTime());
    assertEquals(0, PLATFORM.restarts(), "an outage is nobody's crash");
  }

  private void withoutPostgres() throws Exception {
    long asked = System.nanoTime();
    HttpResponse<String> refused = cancel();
    long tookMs = (System.nanoTime() - asked) / 1_000_000;
    assertEquals(503, refused.statusCode(), refused.body());
    assertEquals("feature_off", new JsonObject(refused.body()).getString("code"));
    assertEquals("2", refused.headers().firstValue("Retry-After").orElse(""));
    assertTrue(tookMs < AT_ONCE.toMillis(), tookMs + " ms");
    Told why = Shopfront.await(shop.inspect("/why"));
    assertTrue(why.body().getString("summary").contains("pg_write: "), why.body().encode());
    String meters = meters();
    assertTrue(meters.contains("\nholdfast_platform_level " + level() + ".0\n"), meters);
    assertTrue(meters.contains("\nholdfast_platform_level_seconds "), meters);
    assertTrue(meters.contains("\nholdfast_agent_level{agent=\"product\"} 4.0\n"), meters);
    assertFalse(meters.contains("\nholdfast_features_health_percent 100.0\n"), meters);
  }

  /** A write that no journal takes. */
  private static HttpResponse<String> cancel() throws Exception {
    return send(
        request("api", "/api/v1/orders/" + UUID.randomUUID() + "/cancel")
            .header("Authorization", "Bearer " + PLATFORM.token(Role.MERCHANT))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "cancel")
            .POST(BodyPublishers.ofString("{\"reason\":\"too late\"}")));
  }

  private static String meters() throws Exception {
    return send(request("metrics", "/metrics")).body();
  }

  private static HttpRequest.Builder request(String listener, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PLATFORM.port(listener) + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }

  private void withoutKafka() throws Exception {
    Told placed = place("first");
    assertTrue(placed.status() == 201 || placed.status() == 202, placed.body().encode());
    Told why = Shopfront.await(shop.inspect("/why"));
    assertEquals("degraded", why.body().getString("mode"));
    assertTrue(why.body().getString("summary").contains("kafka_out: "), why.body().encode());
  }
}
