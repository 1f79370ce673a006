package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.embedded.Signals;
import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.launcher.SecondDoor;
import dev.holdfast.launcher.failure.Shopfront.Told;
import dev.holdfast.launcher.servers.EmbeddedServices;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Orders come in while PostgreSQL is away. Five seconds here; {@code -Dholdfast.away.seconds=60}
 * and {@code -Dholdfast.away.rate=50} for the long form.
 */
@Tag("E-054")
@SuppressWarnings("try") // closing waits for the load to end
class DatabaseAwayIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private static final Duration AWAY =
      Duration.ofSeconds(Integer.getInteger("holdfast.away.seconds", 5));

  private static final Duration EVERY =
      Duration.ofNanos(1_000_000_000L / Integer.getInteger("holdfast.away.rate", 20));

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
  private static final String SKU = "70001";
  private static final String SCARCE = "70002";
  private static final int SCARCE_UNITS = 3;

  private static final String BOOKS =
      """
      SELECT count(*) AS orders, count(DISTINCT customer) AS customers,
             count(*) FILTER (WHERE status = 'DELIVERED') AS delivered,
             count(*) FILTER (WHERE status = 'REFUSED') AS refused,
             (SELECT count(*) FROM holdfast.run) AS runs,
             (SELECT count(*) FROM holdfast.dead_letter) AS dead
        FROM orders.orders
       WHERE customer LIKE '%1$s-%%'
      """;

  private static Shopfront shop;
  private static Till till;
  private static int yesterday;

  private final Map<String, CompletableFuture<Told>> told = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();

  @BeforeAll
  static void open() throws Exception {
    shop = new Shopfront(PLATFORM);
    till = new Till(PLATFORM, "away");
    yesterday = SecondDoor.open(PLATFORM);
    till.stock(SKU, 1_000_000);
    till.stock(SCARCE, SCARCE_UNITS);
    awaitEntered("warm");
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void orders_during_a_freeze_are_accepted_and_each_is_entered_once_or_refused() throws Exception {
    String order = awaitEntered("f-before");
    assertEquals(200, Shopfront.await(shop.see("/orders/" + order)).status());
    sellAtAPriceThatChanges();
    try (Load load = new Load(EVERY, () -> placeNext("f", SKU))) {
      await().atMost(LIMIT).until(() -> told.size() > 10);
      try (Frozen server = Frozen.of(postgres())) {
        long until = System.nanoTime() + AWAY.toNanos();
        accepted("f-scarce");
        Told kept = Shopfront.await(told.get("f-scarce"));
        seenWhileItWaits(kept);
        sameRequestIsTheSameOrder(kept);
        Told stale = Shopfront.await(shop.see("/orders/" + order));
        assertNotNull(stale.body().getString("asOf"), stale.body().encode());
        acceptedAtTheLastPriceThatIsKnown();
        await().atMost(AWAY.plus(LIMIT)).until(() -> System.nanoTime() - until > 0);
        server.thaw();
      }
      int then = told.size();
      await().atMost(LIMIT).until(() -> told.size() > then + 20);
      load.close();
    }
    await().atMost(LIMIT).until(() -> journal().getInteger("count") == 0);
    conclude("f", 1);
    refusedForItsPrice();
  }

  @Test
  void orders_while_the_server_is_killed_are_accepted_and_each_is_entered_once() throws Exception {
    try (Load load = new Load(EVERY, () -> placeNext("k", SKU))) {
      await().atMost(LIMIT).until(() -> told.size() > 10);
      EmbeddedServices.Child server = postgres();
      Signals.send("KILL", List.of(server.pid()));
      await().atMost(LIMIT).until(() -> postgres().restarts() > server.restarts());
      int then = told.size();
      await().atMost(LIMIT).until(() -> told.size() > then + 40);
      load.close();
    }
    await().atMost(LIMIT).until(() -> journal().getInteger("count") == 0);
    conclude("k", 0);
  }

  /** The order of a key, once its checks have ended; on a busy machine that may take repeats. */
  private static String awaitEntered(String key) {
    return await()
        .atMost(LIMIT)
        .until(
            () -> Shopfront.await(shop.place(key, Shopfront.order(key, SKU, 1))),
            answer -> answer.status() == 201)
        .body()
        .getString("id");
  }

  /** More is asked of it than there is; some of those who ask are refused in the end. */
  private void accepted(String scarce) throws Exception {
    told.put(scarce, shop.place(scarce, Shopfront.order(scarce, SCARCE, SCARCE_UNITS + 1)));
  }

  private static void seenWhileItWaits(Told kept) throws Exception {
    assertEquals(202, kept.status(), kept.body().encode());
    assertEquals("ACCEPTED_AS_INTENT", kept.body().getString("status"));
    assertEquals("LOCAL_DISK", kept.body().getString("durability"));
    Told seen = Shopfront.await(shop.see("/orders/" + kept.body().getString("id")));
    assertEquals(200, seen.status());
    assertEquals("ACCEPTED_AS_INTENT", seen.body().getString("status"));
    assertTrue(seen.body().getInteger("ageSeconds") >= 0);
  }

  private static void sameRequestIsTheSameOrder(Told kept) throws Exception {
    JsonObject request = Shopfront.order("f-scarce", SCARCE, SCARCE_UNITS + 1);
    for (int port : new int[] {PLATFORM.port("api"), yesterday}) {
      Told again = Shopfront.await(shop.place(port, "f-scarce", request));
      assertEquals(202, again.status(), again.body().encode());
      assertEquals(kept.body().getString("id"), again.body().getString("id"));
      assertTrue(again.replayed());
    }
    Told other = Shopfront.await(shop.place("f-scarce", Shopfront.order("f-scarce", SCARCE, 1)));
    assertEquals(422, other.status(), other.body().encode());
    assertEquals("idempotency_key_reused", other.code());
  }

  private static void sellAtAPriceThatChanges() throws Exception {
    JsonObject product =
        new JsonObject()
            .put("sku", "70003")
            .put("name", "thing")
            .put("unitPrice", "2.50")
            .put("currency", "GBP");
    JsonObject imports = new JsonObject().put("products", new JsonArray().add(product));
    assertEquals(200, Shopfront.await(shop.post("/products/imports", "i1", imports)).status());
    assertEquals(200, Shopfront.await(shop.see("/products/70003")).status());
    JsonObject dearer = new JsonObject().put("unitPrice", "3.00");
    Told changed = Shopfront.await(shop.post("/products/70003/prices", "p1", dearer));
    assertEquals(200, changed.status(), changed.body().encode());
  }

  private static JsonObject withoutPrice() {
    JsonObject request = Shopfront.order("p-1", "70003", 1);
    request.getJsonArray("lines").getJsonObject(0).remove("unitPrice");
    return request;
  }

  private static void acceptedAtTheLastPriceThatIsKnown() throws Exception {
    Told product = Shopfront.await(shop.see("/products/70003"));
    assertEquals("2.5", product.body().getString("unitPrice").substring(0, 3));
    assertNotNull(product.body().getString("asOf"));
    Told kept = Shopfront.await(shop.place("p-1", withoutPrice()));
    assertEquals(202, kept.status(), kept.body().encode());
    assertEquals(250, kept.body().getJsonObject("total").getInteger("minor"));
  }

  private static void refusedForItsPrice() throws Exception {
    Told again = Shopfront.await(shop.place("p-1", withoutPrice()));
    assertEquals(409, again.status(), again.body().encode());
    assertEquals("price_changed", again.code());
    assertEquals(0L, till.books(BOOKS.formatted("p")).get("orders"));
  }

  private void placeNext(String test, String sku) {
    String key = test + "-" + number.incrementAndGet();
    told.put(key, shop.place(key, Shopfront.order(key, sku, 1)));
  }

  /** Each request of the test ended once, and its repeat tells the same order. */
  private void conclude(String test, long refused) throws Exception {
    for (CompletableFuture<Told> one : told.values()) {
      Shopfront.await(one);
    }
    till.awaitSettled();
    // Until then a repeat is answered from the journal, and says as well how its intent ended.
    await().atMost(LIMIT).until(() -> PLATFORM.level() == 0);
    SortedMap<Integer, Long> statuses = new TreeMap<>();
    Duration longest = Duration.ZERO;
    for (Map.Entry<String, CompletableFuture<Told>> one : told.entrySet()) {
      Told first = Shopfront.await(one.getValue());
      statuses.merge(first.status(), 1L, Long::sum);
      longest = longest.compareTo(first.took()) > 0 ? longest : first.took();
      assertTrue(first.status() < 300, one.getKey() + ": " + first.body().encode());
      JsonObject request =
          one.getKey().endsWith("scarce")
              ? Shopfront.order(one.getKey(), SCARCE, SCARCE_UNITS + 1)
              : Shopfront.order(one.getKey(), SKU, 1);
      Told again = Shopfront.await(shop.place(one.getKey(), request));
      if (one.getKey().endsWith("scarce")) {
        assertEquals(409, again.status(), again.body().encode());
        refusalIsSeen(first);
      } else {
        assertEquals(201, again.status(), again.body().encode());
        assertEquals(first.body().getString("id"), again.body().getString("id"));
      }
    }
    System.out.printf(
        "%s: %d orders, statuses %s, the longest answer took %d ms, journal %s%n",
        test, told.size(), statuses, longest.toMillis(), journal());
    assertTrue(statuses.getOrDefault(202, 0L) > 0, "nothing was accepted as an intent");
    assertTrue(longest.compareTo(ANSWER_MAX) <= 0, longest.toString());
    Map<String, Long> books = till.books(BOOKS.formatted(test));
    long orders = told.size() + (test.equals("f") ? 1L : 0L);
    assertEquals(
        Map.of(
            "orders", orders,
            "customers", orders,
            "delivered", orders - refused,
            "refused", refused,
            "dead", 0L),
        books.entrySet().stream()
            .filter(figure -> !figure.getKey().equals("runs"))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    assertEquals(0, PLATFORM.restarts(), "an outage is nobody's crash");
  }

  private static void refusalIsSeen(Told kept) throws Exception {
    Told seen = Shopfront.await(shop.see("/orders/" + kept.body().getString("id")));
    assertEquals("REFUSED", seen.body().getString("status"), seen.body().encode());
    assertEquals("out_of_stock", seen.body().getJsonObject("refusal").getString("code"));
  }

  private static JsonObject journal() throws Exception {
    return Shopfront.await(shop.inspect("/journal")).body();
  }

  private static EmbeddedServices.Child postgres() {
    return PLATFORM.servers().getFirst();
  }
}
