package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Unavailable;
import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.launcher.servers.EmbeddedServices;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * PostgreSQL answers nothing and closes nothing. Six seconds here; {@code
 * -Dholdfast.freeze.seconds=20} for the long form.
 */
@SuppressWarnings("try") // closing waits for the load to end
class FrozenDatabaseIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private static final Duration FREEZE =
      Duration.ofSeconds(Integer.getInteger("holdfast.freeze.seconds", 6));

  private static final String SKU = "50001";
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final Duration LATE = Duration.ofSeconds(1);
  private static final int HEALTHY = 40;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration EVERY = Duration.ofMillis(50);

  private static final String ORDERS =
      """
      SELECT count(*) AS orders,
             count(*) FILTER (WHERE status = 'DELIVERED') AS delivered,
             (SELECT count(*) FROM inventory.movement
               WHERE sku = '50001' AND kind = 'SHIPPED') AS shipped,
             (SELECT sum(reserved)::bigint FROM inventory.stock WHERE sku = '50001') AS reserved,
             (SELECT count(*) FROM holdfast.dead_letter) AS dead
        FROM orders.orders
      """;

  private static final String CAPTURES =
      """
      SELECT count(*) FILTER (WHERE kind = 'CAPTURE') AS captures,
             count(DISTINCT authorisation) FILTER (WHERE kind = 'CAPTURE') AS payments,
             count(*) FILTER (
               WHERE kind = 'AUTHORISE' AND NOT voided AND captured_minor = 0) AS open
        FROM psp.movement
      """;

  private final Till till = new Till(PLATFORM, "frozen");
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger unavailable = new AtomicInteger();
  private final AtomicLong longestNanos = new AtomicLong();
  private final Queue<Throwable> otherwise = new ConcurrentLinkedQueue<>();

  @Test
  void nobody_waits_for_a_frozen_database_and_every_order_ends_once() throws Exception {
    till.stock(SKU, 1_000_000);
    try (Load load = new Load(EVERY, this::order)) {
      await().atMost(LIMIT).until(() -> answered.get() > 10);
      try (Sql plain = new Sql(PLATFORM.ownBooks());
          Frozen server = Frozen.of(postgres())) {
        CompletableFuture<Long> hanging =
            CompletableFuture.supplyAsync(
                () -> figure(plain, "SELECT 1"), task -> Thread.ofPlatform().start(task));
        assertThrows(
            TimeoutException.class,
            () -> hanging.get(LATE.toMillis(), TimeUnit.MILLISECONDS),
            "a plain query must hang");
        long until = System.nanoTime() + FREEZE.toNanos();
        await()
            .atMost(FREEZE.plus(LIMIT))
            .until(() -> System.nanoTime() - until > 0 && unavailable.get() > 0);
        server.thaw();
        assertEquals(1L, hanging.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
      }
      awaitHealth();
      load.close();
    }
    await().atMost(LIMIT).until(() -> answered.get() + unavailable.get() == asked.get());
    Duration longest = Duration.ofNanos(longestNanos.get());
    System.out.printf(
        "frozen for %s: %d orders asked, %d unavailable, the longest answer took %d ms%n",
        FREEZE, asked.get(), unavailable.get(), longest.toMillis());
    assertEquals(List.of(), List.copyOf(otherwise));
    assertTrue(longest.compareTo(DEADLINE.plus(LATE)) <= 0, longest.toString());
    for (int number = 1; number <= asked.get(); number++) {
      till.placeAgain("c" + number, SKU, 1, LIMIT)
          .await(LIMIT.toSeconds(), TimeUnit.SECONDS)
          .outcome()
          .orThrow();
    }
    till.awaitSettled();
    long orders = asked.get();
    assertEquals(
        Map.of(
            "orders", orders, "delivered", orders, "shipped", orders, "reserved", 0L, "dead", 0L),
        till.books(ORDERS));
    assertEquals(
        Map.of("captures", orders, "payments", orders, "open", 0L), till.providerBooks(CAPTURES));
    assertEquals(0, PLATFORM.restarts(), "an outage is nobody's crash");
  }

  private void order() {
    int number = asked.incrementAndGet();
    long begun = System.nanoTime();
    till.place("c" + number, SKU, 1, DEADLINE)
        .onComplete(
            end -> {
              longestNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
              if (end.succeeded()) {
                answered.incrementAndGet();
              } else {
                unavailable.incrementAndGet();
                if (!(end.cause() instanceof Unavailable)) {
                  otherwise.add(end.cause());
                }
              }
            });
  }

  /** No connection of before is lent any more: more asks than the pools are large, none fails. */
  private void awaitHealth() throws Exception {
    int before = answered.get();
    await().atMost(LIMIT).until(() -> answered.get() > before + 20);
    int failures = unavailable.get();
    int then = answered.get();
    await().atMost(LIMIT).until(() -> answered.get() > then + HEALTHY);
    assertEquals(failures, unavailable.get(), "a stuck connection was lent after the thaw");
  }

  private static EmbeddedServices.Child postgres() {
    return PLATFORM.servers().getFirst();
  }

  private static long figure(Sql plain, String sql) {
    try {
      return plain.figure(sql);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
