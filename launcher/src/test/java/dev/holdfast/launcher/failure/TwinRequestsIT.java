package dev.holdfast.launcher.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.launcher.SecondDoor;
import dev.holdfast.launcher.failure.Shopfront.Told;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One request that comes twice in the same moment, through one door or through two. */
class TwinRequestsIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private static final int PAIRS = 60;
  private static final int AT_ONCE = 10;
  private static final String SKU = "60001";

  private static final String ENTERED =
      """
      SELECT count(*) AS orders, count(DISTINCT customer) AS customers,
             (SELECT count(*) FROM holdfast.run r
               WHERE r.run_id IN (SELECT o.run_id FROM orders.orders o
                                   WHERE o.customer LIKE '%1$s-%%')) AS runs,
             (SELECT count(*) FROM holdfast.http_key WHERE key LIKE '%1$s-%%') AS keys,
             (SELECT count(DISTINCT issued_on) FROM holdfast.http_key
               WHERE key LIKE '%1$s-%%') AS days
        FROM orders.orders
       WHERE customer LIKE '%1$s-%%'
      """;

  private static final String DEADLOCKS =
      "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";

  private static Shopfront shop;
  private static Till till;
  private static int own;
  private static int behind;

  private record Pair(CompletableFuture<Told> one, CompletableFuture<Told> other) {}

  @BeforeAll
  static void open() throws Exception {
    shop = new Shopfront(PLATFORM);
    till = new Till(PLATFORM, "twins");
    own = PLATFORM.port("api");
    behind = SecondDoor.open(PLATFORM);
    till.stock(SKU, 10L * PAIRS);
    Shopfront.await(shop.place(own, "first", Shopfront.order("first", SKU, 1)));
    Shopfront.await(shop.place(behind, "second", Shopfront.order("second", SKU, 1)));
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  private static Pair twins(String name, int here, int there, long units) {
    JsonObject order = Shopfront.order(name, SKU, units);
    return new Pair(shop.place(here, name, order), shop.place(there, name, order));
  }

  /** Both are told the same in the same words, and one of them that it is a repeat. */
  private static void agree(Pair pair, int status) throws Exception {
    Told one = Shopfront.await(pair.one());
    Told other = Shopfront.await(pair.other());
    assertEquals(status, one.status(), one.toString());
    assertEquals(one.status(), other.status(), other.toString());
    assertEquals(one.body(), other.body());
    assertTrue(one.replayed() ^ other.replayed(), one + " and " + other);
  }

  private static void send(String test, int there, long units, int status) throws Exception {
    for (int sent = 0; sent < PAIRS; sent += AT_ONCE) {
      List<Pair> pairs = new ArrayList<>();
      for (int number = sent; number < sent + AT_ONCE; number++) {
        String name = test + "-" + number;
        pairs.add(
            number % 2 == 0 ? twins(name, own, there, units) : twins(name, there, own, units));
      }
      for (Pair pair : pairs) {
        agree(pair, status);
      }
    }
  }

  private static Map<String, Long> entered(String test) throws Exception {
    return till.books(ENTERED.formatted(test));
  }

  @Test
  void two_identical_requests_at_once_are_one_order_and_one_answer() throws Exception {
    send("same", own, 1, 201);
    till.awaitSettled();
    long pairs = PAIRS;
    assertEquals(
        Map.of("orders", pairs, "customers", pairs, "runs", pairs, "keys", pairs, "days", 1L),
        entered("same"));
  }

  @Test
  void so_are_two_that_were_given_different_days() throws Exception {
    long deadlocks = till.books(DEADLOCKS).get("deadlocks");
    send("days", behind, 1, 201);
    till.awaitSettled();
    Map<String, Long> entered = entered("days");
    for (String figure : List.of("orders", "customers", "runs", "keys")) {
      assertEquals(PAIRS, entered.get(figure), entered.toString());
    }
    assertEquals(2, entered.get("days"), "each door came first at times: " + entered);
    assertEquals(deadlocks, till.books(DEADLOCKS).get("deadlocks"));
  }

  @Test
  void two_refusals_at_once_are_one_too() throws Exception {
    send("none", behind, 1_000_000, 409);
    till.awaitSettled();
    assertEquals(PAIRS, entered("none").get("orders"));
  }

  @Test
  void another_body_under_the_key_at_the_same_moment_is_refused() throws Exception {
    for (int number = 0; number < PAIRS; number++) {
      String key = "other-" + number;
      CompletableFuture<Told> one = shop.place(own, key, Shopfront.order(key, SKU, 1));
      CompletableFuture<Told> other = shop.place(behind, key, Shopfront.order(key, SKU, 2));
      Told first = Shopfront.await(one);
      Told second = Shopfront.await(other);
      assertNotEquals(first.status(), second.status(), first + " and " + second);
      Told refused = first.status() == 201 ? second : first;
      assertEquals(201 + 422, first.status() + second.status(), first + " and " + second);
      assertEquals("idempotency_key_reused", refused.code());
    }
    till.awaitSettled();
    assertEquals(PAIRS, entered("other").get("orders"));
  }
}
