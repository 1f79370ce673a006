package dev.holdfast.journal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.guard.BreakerSettings;
import dev.holdfast.guard.Guard;
import dev.holdfast.guard.GuardSettings;
import dev.holdfast.guard.GuardState.State;
import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.SettableClock;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/** Snapshots in a real Redis, while it is there and while it is not. */
@Tag("E-091")
class RedisSnapshotsIT {
  private static final Duration ANSWER = Duration.ofMillis(500);
  private static final Duration OPEN = Duration.ofMillis(100);
  private static final Duration DAY = Duration.ofDays(1);

  private final SettableClock clock = new SettableClock();
  private final Vertx vertx = Vertx.vertx();
  private int port;
  private RedisServer server;
  private Guard guard;

  /** What is kept. */
  record Product(String sku, long priceMinor, Instant changedAt) {}

  private static final Product CUP = new Product("cup", 250, Instant.parse("2026-11-02T09:00:00Z"));

  @BeforeEach
  void start() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    server = serve();
    BreakerSettings quick =
        BreakerSettings.DEFAULTS
            .opening(OPEN, OPEN)
            .probing(Duration.ofSeconds(2))
            .ramping(Duration.ZERO);
    guard =
        Guard.of(
            "redis",
            GuardSettings.DATABASE.with(quick).counting(failure -> true),
            vertx,
            Clock.system());
  }

  private RedisServer serve() throws IOException {
    RedisServer made =
        RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").build();
    made.start();
    return made;
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
    server.stop();
  }

  /** The snapshots of one process. */
  private SnapshotCache process() {
    Redis redis = Redis.createClient(vertx, "redis://127.0.0.1:" + port);
    LocalSnapshots near = new LocalSnapshots(100, DAY, clock, new Meters().cache("snapshots"));
    return new RedisSnapshots(near, redis, guard, ANSWER, DAY, Clock.system());
  }

  private static Optional<Snapshot<Product>> find(SnapshotCache snapshots, String key)
      throws Exception {
    return snapshots.find(key, Product.class).await(5, TimeUnit.SECONDS);
  }

  @Test
  void what_one_process_kept_another_finds_with_its_time() throws Exception {
    SnapshotCache one = process();
    SnapshotCache other = process();
    Instant before = Clock.system().now();
    one.keep("product/1/cup", CUP);
    await().atMost(5, TimeUnit.SECONDS).until(() -> find(other, "product/1/cup").isPresent());
    Snapshot<Product> found = find(other, "product/1/cup").orElseThrow();
    assertEquals(CUP, found.value());
    assertTrue(!found.asOf().isBefore(before) && !found.asOf().isAfter(Clock.system().now()));
    assertEquals(Optional.empty(), find(other, "product/2/cup"));
    assertEquals(
        Optional.empty(),
        other.find("product/1/cup", String.class).await(5, TimeUnit.SECONDS),
        "another type");
  }

  @Test
  void when_redis_dies_memory_answers_and_when_it_is_back_it_is_used_again() throws Exception {
    SnapshotCache one = process();
    SnapshotCache other = process();
    one.keep("product/1/cup", CUP);
    await().atMost(5, TimeUnit.SECONDS).until(() -> find(other, "product/1/cup").isPresent());

    server.stop();
    assertEquals(CUP, find(one, "product/1/cup").orElseThrow().value());
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(
            () -> {
              assertEquals(Optional.empty(), find(other, "product/1/cup"));
              return guard.state().state() == State.OPEN;
            });
    one.keep("product/1/mug", CUP);
    assertEquals(CUP, find(one, "product/1/mug").orElseThrow().value());

    server = serve();
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(
            () -> {
              one.keep("product/1/jug", CUP);
              return find(other, "product/1/jug").isPresent();
            });
  }

  @Test
  void a_redis_that_answers_nothing_keeps_nobody_waiting() throws Exception {
    SnapshotCache other = process();
    assertEquals(Optional.empty(), find(other, "product/1/cup"));
    signal("STOP");
    try {
      for (int i = 0; guard.state().state() != State.OPEN; i++) {
        long begun = System.nanoTime();
        assertEquals(Optional.empty(), find(other, "product/1/cup"));
        long took = System.nanoTime() - begun;
        assertTrue(took < ANSWER.multipliedBy(4).toNanos(), took / 1_000_000 + " ms");
        assertTrue(i < 20, "left alone after a few questions");
      }
    } finally {
      signal("CONT");
    }
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(
            () -> {
              find(other, "product/1/cup");
              return guard.state().state() == State.CLOSED;
            });
  }

  private static void signal(String name) throws Exception {
    long redis =
        ProcessHandle.current()
            .descendants()
            .filter(process -> process.info().command().orElse("").contains("redis-server"))
            .findFirst()
            .orElseThrow()
            .pid();
    new ProcessBuilder("kill", "-" + name, Long.toString(redis)).start().waitFor();
  }
}
