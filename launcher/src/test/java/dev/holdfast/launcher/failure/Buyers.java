package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.launcher.failure.Shopfront.Told;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Customers who each order one thing over HTTP, what they were told, and whether it was the truth.
 * Little is kept of each, so that they do not show in the heap that is looked at meanwhile.
 */
@SuppressWarnings("try") // closing waits for the answers
final class Buyers implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int AT_ONCE = 16;

  private static final String BOOKS =
      """
      SELECT count(*) AS orders, count(DISTINCT customer) AS customers,
             count(*) FILTER (WHERE status = 'DELIVERED') AS delivered,
             (SELECT count(*) FROM inventory.movement
               WHERE sku = '%2$s' AND kind = 'SHIPPED') AS shipped,
             (SELECT sum(reserved)::bigint FROM inventory.stock WHERE sku = '%2$s') AS reserved,
             (SELECT count(*) FROM holdfast.dead_letter) AS dead
        FROM orders.orders
       WHERE customer LIKE '%1$s-%%'
      """;

  private static final String CAPTURES =
      """
      SELECT count(*) FILTER (WHERE kind = 'CAPTURE')
               - count(DISTINCT authorisation) FILTER (WHERE kind = 'CAPTURE') AS doubled,
             count(*) FILTER (
               WHERE kind = 'AUTHORISE' AND NOT voided AND captured_minor = 0) AS open
        FROM psp.movement
      """;

  private final Shopfront shop;
  private final String name;
  private final String sku;
  private final AtomicInteger number = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();
  private final Map<String, Heard> heard = new ConcurrentHashMap<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  /**
   * What one customer was told first.
   *
   * @param order the order's id, or what was said instead
   */
  private record Heard(int status, String order, long tookMs) {}

  /**
   * None yet.
   *
   * @param name begins the names of all of them and belongs to no others on the platform
   * @param sku what they buy, and nobody else
   */
  Buyers(PlatformExtension platform, String name, String sku) {
    this.shop = new Shopfront(platform);
    this.name = name;
    this.sku = sku;
  }

  /** The next one orders. */
  void buy() {
    int asked = number.incrementAndGet();
    String key = name + "-" + asked;
    mostAtOnce.accumulateAndGet(asked - heard.size(), Math::max);
    var unused =
        order(key)
            .whenComplete(
                (told, failed) ->
                    heard.put(
                        key, failed == null ? heard(told) : new Heard(0, failed.toString(), 0)));
  }

  private CompletableFuture<Told> order(String key) {
    return shop.place(key, Shopfront.order(key, sku, 1));
  }

  private static Heard heard(Told told) {
    boolean entered = told.status() < 300;
    return new Heard(
        told.status(),
        entered ? told.body().getString("id") : told.body().encode(),
        told.took().toMillis());
  }

  /** How many orders were asked for. */
  int asked() {
    return number.get();
  }

  /** How many were answered, in whatever way. */
  int answered() {
    return heard.size();
  }

  /** How many were accepted to be confirmed. */
  long accepted() {
    return heard.values().stream().filter(one -> one.status() == 202).count();
  }

  /** How many at most waited for their answers at the same time, each on its own connection. */
  int mostAtOnce() {
    return mostAtOnce.get();
  }

  /** How many requests were repeated at other doors. */
  int repeated() {
    return repeated.get();
  }

  /**
   * Who was answered last asks for the same again, at other doors; each must tell the same order.
   */
  void repeatAt(int... doors) throws Exception {
    String key = name + "-" + number.get();
    JsonObject request = Shopfront.order(key, sku, 1);
    await().atMost(LIMIT).until(() -> heard.containsKey(key));
    List<CompletableFuture<Told>> asked = new ArrayList<>();
    for (int door : doors) {
      asked.add(shop.place(door, key, request));
    }
    for (CompletableFuture<Told> one : asked) {
      Told again = Shopfront.await(one);
      if (again.status() >= 300 || !heard.get(key).order().equals(again.body().getString("id"))) {
        wrong.add(key + " was told " + heard.get(key) + ", then " + again);
      }
      repeated.incrementAndGet();
    }
  }

  /** Statuses and how many heard them. */
  SortedMap<Integer, Long> statuses() {
    SortedMap<Integer, Long> statuses = new TreeMap<>();
    heard.values().forEach(one -> statuses.merge(one.status(), 1L, Long::sum));
    return statuses;
  }

  /** The longest time that anybody waited. */
  Duration longest() {
    return Duration.ofMillis(heard.values().stream().mapToLong(Heard::tookMs).max().orElse(0));
  }

  /** Waits until everybody was answered; everybody was told of an order. */
  void assertAnswered() {
    await().atMost(LIMIT).until(() -> answered() == asked());
    heard.forEach(
        (key, one) -> {
          if (one.status() < 200 || one.status() >= 300) {
            wrong.add(key + " heard " + one);
          }
        });
    assertEquals(List.of(), List.copyOf(wrong));
  }

  /** Nobody waited longer. */
  void assertNoneLater(Duration within) {
    heard.entrySet().stream()
        .max(Comparator.comparingLong(one -> one.getValue().tookMs()))
        .ifPresent(
            slowest ->
                assertTrue(slowest.getValue().tookMs() <= within.toMillis(), slowest::toString));
  }

  /**
   * Each asks once more and is told the same order, now entered; and the books have each of them
   * once, delivered, paid once.
   */
  void assertKept(Till till) throws Exception {
    till.awaitSettled();
    Semaphore room = new Semaphore(AT_ONCE);
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (Map.Entry<String, Heard> one : heard.entrySet()) {
      room.acquire();
      all.add(
          order(one.getKey())
              .whenComplete(
                  (again, failed) -> {
                    room.release();
                    if (failed != null
                        || again.status() != 201
                        || !one.getValue().order().equals(again.body().getString("id"))) {
                      wrong.add(one + ", then " + again);
                    }
                  }));
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    assertEquals(List.of(), List.copyOf(wrong));
    long orders = heard.size();
    assertEquals(
        Map.of(
            "orders", orders,
            "customers", orders,
            "delivered", orders,
            "shipped", orders,
            "reserved", 0L,
            "dead", 0L),
        till.books(BOOKS.formatted(name, sku)));
    assertEquals(Map.of("doubled", 0L, "open", 0L), till.providerBooks(CAPTURES));
  }

  @Override
  public void close() {
    shop.close();
  }
}
