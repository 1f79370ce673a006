package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.embedded.FrozenServer;
import dev.holdfast.embedded.KafkaOptions;
import dev.holdfast.embedded.KafkaProcess;
import dev.holdfast.launcher.Entrance;
import dev.holdfast.launcher.LauncherProcess;
import dev.holdfast.launcher.failure.SteadyCustomers.Served;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The broker is away under load, beside two equal windows with it. Fifteen seconds here; {@code
 * -Dholdfast.away.seconds=120} and 600 for the long forms, which also hold latency and processor
 * time against the noise between the equal windows.
 */
class KafkaAwayIT {
  /** Away from the ports of a platform that somebody may be running here. */
  private static final String OFFSET = "2200";

  private static final int LONG_SECONDS = 60;
  private static final int AWAY_SECONDS = Integer.getInteger("holdfast.away.seconds", 15);
  private static final int RATE = Integer.getInteger("holdfast.away.rate", 50);
  private static final boolean IS_LONG = AWAY_SECONDS >= LONG_SECONDS;
  private static final Duration AWAY = Duration.ofSeconds(AWAY_SECONDS);
  private static final Duration BESIDE = Duration.ofSeconds(IS_LONG ? LONG_SECONDS : 5);
  private static final Duration WARMING = Duration.ofSeconds(IS_LONG ? LONG_SECONDS : 5);
  private static final Duration WHILE_STOPPING = Duration.ofSeconds(3);

  private static final double SUCCESS_MIN = 0.999;
  private static final double DRAINED_A_SECOND_MIN = 2_000;
  private static final double WORSE_THAN_NOISE_MAX = 1.5;

  /** Equal windows that differ by more than that say nothing about a third. */
  private static final double NOISE_MAX = 1.5;

  /** What an outage may leave on the heap: caches of the orders' windows, of any length. */
  private static final long HEAP_GROWTH_KIB_MAX = 16 * 1024;

  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(30);
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String SKU = "80001";

  private static final String WAITING = "SELECT count(*) FROM holdfast.outbox_unsent";
  private static final String SENT =
      "SELECT (SELECT count(*) FROM holdfast.outbox)"
          + " - (SELECT count(*) FROM holdfast.outbox_unsent)";
  private static final String IN_SEQUENCE =
      "SELECT topic || ' ' || aggregate, event_id FROM holdfast.outbox ORDER BY seq";
  private static final String TOPICS = "SELECT DISTINCT topic FROM holdfast.outbox";

  private static final String BOOKS =
      """
      SELECT (SELECT count(*) FROM orders.orders) AS orders,
             (SELECT count(*) FROM orders.orders WHERE status = 'DELIVERED') AS delivered,
             (SELECT coalesce(sum(orders), 0)::bigint FROM customer.customer) AS told_customers,
             (SELECT coalesce(max(orders), 0)::bigint FROM customer.customer) AS most_a_customer,
             (SELECT count(*) FROM holdfast.dead_letter) AS dead,
             (SELECT count(*) FROM holdfast.outbox_unsent) AS unsent
      """;

  @TempDir Path folder;

  private KafkaProcess broker;
  private LauncherProcess platform;
  private Shopfront shop;

  /** One window: what customers were told, and the platform's processor time an order. */
  private record Window(Served served, Duration cpuAnOrder) {
    @Override
    public String toString() {
      return "%d orders, %.2f %% well, p99 %d ms, %d µs of processor time each"
          .formatted(
              served.asked(),
              100 * served.success(),
              served.p99().toMillis(),
              cpuAnOrder.toNanos() / 1_000);
    }
  }

  @AfterEach
  void close() {
    if (shop != null) {
      shop.close();
    }
    if (platform != null) {
      platform.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  @Tag("E-055")
  @Tag("E-174")
  @Test
  void customers_notice_nothing_of_an_away_broker_and_every_event_is_told_afterwards()
      throws Exception {
    start();
    SteadyCustomers customers = new SteadyCustomers(shop, SKU, RATE);
    ProcessFigures process = new ProcessFigures(platform.pid());
    customers.serve(WARMING);
    Window with = window(customers, process, BESIDE);
    Window likewise = window(customers, process, BESIDE);
    Window without;
    double drained;
    try (Sql books = new Sql(entrance().ownBooks())) {
      awaitTold(books);
      long heapBefore = process.liveHeapKib();
      FrozenServer.kill(broker);
      without = window(customers, process, AWAY);
      long heapAfter = process.liveHeapKib();
      System.out.printf(
          "with the broker: %s%nlikewise: %s%naway for %d s: %s%n"
              + "alive on the heap: %d KiB before, %d KiB after%n",
          with, likewise, AWAY_SECONDS, without, heapBefore, heapAfter);

      drained = drain(books);
      awaitTold(books);
      checkTold(books, customers.number());

      for (Window window : List.of(with, likewise, without)) {
        assertTrue(window.served().success() >= SUCCESS_MIN, window.served().troubles().toString());
      }
      assertTrue(heapAfter - heapBefore <= HEAP_GROWTH_KIB_MAX, heapBefore + " then " + heapAfter);
    }
    stopWhileAway(customers);
    assertTrue(drained >= DRAINED_A_SECOND_MIN, drained + " events a second");
    if (IS_LONG) {
      besideNoise("p99", p99(with), p99(likewise), p99(without));
      besideNoise("cpu", cpu(with), cpu(likewise), cpu(without));
    }
  }

  private void start() throws Exception {
    broker = KafkaProcess.start(folder.resolve("kafka"), KafkaOptions.defaults());
    platform =
        LauncherProcess.start(
                folder.resolve("up.out"),
                Map.of(
                    "HOLDFAST_PROFILE",
                    "test",
                    "KAFKA_BOOTSTRAP_SERVERS",
                    broker.bootstrapServers()),
                "up",
                "--data",
                data().toString(),
                "--port-offset",
                OFFSET)
            .awaitUp();
    shop = new Shopfront(entrance().door().orElseThrow());
    JsonObject line = new JsonObject().put("sku", SKU).put("units", 1_000_000);
    JsonObject opening = new JsonObject().put("lines", new JsonArray().add(line));
    assertEquals(200, Shopfront.await(shop.post("/stock/openings", "opening", opening)).status());
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Entrance entrance() {
    return new Entrance(data());
  }

  private static Window window(SteadyCustomers customers, ProcessFigures process, Duration time)
      throws Exception {
    Duration before = process.cpu();
    Served served = customers.serve(time);
    return new Window(served, process.cpu().minus(before).dividedBy(served.asked()));
  }

  /** Every order is delivered, its customer heard of it, and nothing waits. */
  private static void awaitTold(Sql books) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> books.figures(BOOKS),
            now ->
                now.get("delivered").equals(now.get("orders"))
                    && now.get("told_customers").equals(now.get("orders"))
                    && now.get("unsent") == 0);
  }

  /**
   * Brings the broker back.
   *
   * @return events that went a second, from the first of them to the last of those that waited
   */
  private double drain(Sql books) throws SQLException {
    long waited = books.figure(WAITING);
    long before = books.figure(SENT);
    broker =
        KafkaProcess.start(folder.resolve("kafka"), KafkaOptions.defaults().onPort(broker.port()));
    awaitSent(books, before + 1);
    long begin = System.nanoTime();
    long first = books.figure(SENT);
    awaitSent(books, before + waited);
    double seconds = (System.nanoTime() - begin) / 1e9;
    double rate = (before + waited - first) / seconds;
    System.out.printf(
        "%d events waited; %d of them went in %.2f s: %.0f a second%n",
        waited, before + waited - first, seconds, rate);
    return rate;
  }

  private static void awaitSent(Sql books, long atLeast) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> books.figure(SENT) >= atLeast);
  }

  /** Nothing is lost, each aggregate is in order, and each order counted once where it is heard. */
  private void checkTold(Sql books, long orders) throws SQLException {
    Set<String> topics = new TreeSet<>();
    books.texts(TOPICS).forEach(row -> topics.add(row.getFirst()));
    ToldEvents told = ToldEvents.read(broker.bootstrapServers(), topics);
    Map<String, List<String>> written = new LinkedHashMap<>();
    for (List<String> row : books.texts(IN_SEQUENCE)) {
      written.computeIfAbsent(row.getFirst(), key -> new ArrayList<>()).add(row.getLast());
    }
    Map<String, List<String>> heard = told.inOrder();
    assertEquals(written.keySet(), heard.keySet());
    written.forEach((aggregate, events) -> assertEquals(events, heard.get(aggregate), aggregate));
    System.out.printf(
        "%d events of %d aggregates are told in order, %d of them again%n",
        written.values().stream().mapToInt(List::size).sum(), written.size(), told.repeats());
    assertEquals(
        Map.of(
            "orders",
            orders,
            "delivered",
            orders,
            "told_customers",
            orders,
            "most_a_customer",
            1L,
            "dead",
            0L,
            "unsent",
            0L),
        books.figures(BOOKS));
  }

  private void stopWhileAway(SteadyCustomers customers) throws Exception {
    FrozenServer.kill(broker);
    Served served = customers.serve(WHILE_STOPPING);
    assertTrue(served.success() >= SUCCESS_MIN, served.troubles().toString());
    long begin = System.nanoTime();
    platform.terminate();
    assertEquals(0, platform.awaitExitCode(), platform.output());
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    System.out.printf("stopped without the broker in %d ms%n", took.toMillis());
    assertTrue(took.compareTo(STOPPED_WITHIN) <= 0, took.toString());
  }

  /** Not worse than one and a half times what two equal windows are apart, from their middle. */
  private static void besideNoise(String what, double one, double other, double away) {
    double noise = Math.max(one, other) / Math.min(one, other);
    double worse = away / ((one + other) / 2);
    System.out.printf("%s: noise %.2f, away %.2f%n", what, noise, worse);
    assumeTrue(noise <= NOISE_MAX, "the machine is not quiet enough to judge " + what);
    assertTrue(worse <= noise * WORSE_THAN_NOISE_MAX, what + " " + worse + ", noise " + noise);
  }

  private static double p99(Window window) {
    return seconds(window.served().p99());
  }

  private static double cpu(Window window) {
    return seconds(window.cpuAnOrder());
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
