package dev.holdfast.launcher.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.launcher.failure.Shopfront.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many customers at the public API in the same moment. */
class CrowdIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private static final int CROWD = 1_000;
  private static final int GROUP = 50;
  private static final int UNITS = 10;
  private static final int ROUNDS = 5;
  private static final int WARMING_MAX = 12;

  /** Sooner than that nobody may be put off with 202. */
  private static final Duration WAITED_FOR = Duration.ofSeconds(2);

  private static final String LAST_UNITS =
      """
      SELECT sum(on_hand)::bigint AS on_hand, sum(reserved)::bigint AS reserved,
             min(on_hand) AS least, min(reserved) AS least_reserved,
             (SELECT sum(units)::bigint FROM inventory.movement WHERE sku = '50001') AS moved,
             (SELECT -sum(units)::bigint FROM inventory.movement
               WHERE sku = '50001' AND kind = 'SHIPPED') AS shipped
        FROM inventory.stock
       WHERE sku = '50001'
      """;

  private static final String ORDERS =
      """
      SELECT count(*) AS orders,
             count(*) FILTER (WHERE status = 'DELIVERED') AS delivered,
             count(*) FILTER (WHERE status = 'REFUSED' AND refusal_code = 'out_of_stock') AS refused
        FROM orders.orders o
       WHERE EXISTS (SELECT FROM orders.order_line l
                      WHERE l.merchant_id = o.merchant_id AND l.order_id = o.order_id
                        AND l.sku = '50001')
      """;

  /** Rows of runs that were read by statements that go through the whole table. */
  private static final String READ_THROUGH =
      """
      SELECT coalesce(seq_tup_read, 0) AS rows
        FROM pg_stat_user_tables
       WHERE schemaname = 'holdfast' AND relname = 'run'
      """;

  /** A hundred rows a customer; one bad plan reads thousands for each. */
  private static final long READ_THROUGH_MAX = 100L * CROWD;

  private static Shopfront shop;
  private static Till till;

  @BeforeAll
  static void open() throws Exception {
    shop = new Shopfront(PLATFORM);
    till = new Till(PLATFORM, "crowd");
    openForAWhile();
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  /** All at once; the answers in the order of the customers. */
  private static List<Told> buy(String prefix, int customers, String sku) throws Exception {
    List<CompletableFuture<Told>> asked =
        IntStream.range(0, customers)
            .mapToObj(number -> prefix + number)
            .map(name -> shop.place(name, Shopfront.order(name, sku, 1)))
            .toList();
    List<Told> told = new ArrayList<>();
    for (CompletableFuture<Told> answer : asked) {
      told.add(Shopfront.await(answer));
    }
    return told;
  }

  private static Map<Integer, Integer> byStatus(List<Told> answers) {
    Map<Integer, Integer> counts = new TreeMap<>();
    answers.forEach(told -> counts.merge(told.status(), 1, Integer::sum));
    return counts;
  }

  private static long longestMillis(List<Told> answers) {
    return answers.stream().mapToLong(told -> told.took().toMillis()).max().orElseThrow();
  }

  @Test
  void a_thousand_at_the_door_buy_the_last_ten_units_and_hear_the_truth() throws Exception {
    till.stock("50001", UNITS);
    long before = till.books(READ_THROUGH).get("rows");
    List<Told> answers = buy("last-", CROWD, "50001");
    long readThrough = till.books(READ_THROUGH).get("rows") - before;
    System.out.printf(
        "%d at once: %s, longest %d ms, %d rows of runs read through%n",
        CROWD, byStatus(answers), longestMillis(answers), readThrough);
    assertTrue(readThrough < READ_THROUGH_MAX, readThrough + " rows of runs read through");
    till.awaitSettled();
    int sold = 0;
    for (Told told : answers) {
      sold += isSold(told) ? 1 : 0;
    }
    assertEquals(UNITS, sold);
    assertEquals(
        Map.of("orders", (long) CROWD, "delivered", 10L, "refused", 990L), till.books(ORDERS));
    assertEquals(
        Map.of(
            "on_hand", 0L,
            "reserved", 0L,
            "least", 0L,
            "least_reserved", 0L,
            "moved", 0L,
            "shipped", (long) UNITS),
        till.books(LAST_UNITS));
  }

  /**
   * Until the code is compiled: a group is then told within half the time that it may take. By then
   * the pools have their plans as well, made while the tables were small.
   */
  private static void openForAWhile() throws Exception {
    till.stock("50003", (long) GROUP * WARMING_MAX);
    long longest = Long.MAX_VALUE;
    for (int round = 0; round < WARMING_MAX && longest > WAITED_FOR.toMillis() / 2; round++) {
      longest = longestMillis(buy("early-" + round + "-", GROUP, "50003"));
    }
  }

  /** Whether the customer got a unit, after the answer was held against the order as it is now. */
  private static boolean isSold(Told told) throws Exception {
    String id = told.body().getString("id");
    assertNotNull(id, told.toString());
    Told now = Shopfront.await(shop.see("/orders/" + id));
    assertEquals(200, now.status(), now.toString());
    boolean delivered = now.body().getString("status").equals("DELIVERED");
    switch (told.status()) {
      case 201 -> assertTrue(delivered, now.toString());
      case 409 -> {
        assertEquals("out_of_stock", told.code(), told.toString());
        assertEquals("REFUSED", now.body().getString("status"), now.toString());
      }
      case 202 -> assertTrue(told.took().compareTo(WAITED_FOR) >= 0, told.toString());
      default -> throw new AssertionError(told.toString());
    }
    return delivered;
  }

  @Test
  void fifty_at_the_door_are_all_told_that_they_bought() throws Exception {
    till.stock("50002", (long) GROUP * ROUNDS);
    for (int round = 0; round < ROUNDS; round++) {
      List<Told> answers = buy("plenty-" + round + "-", GROUP, "50002");
      System.out.printf(
          "%d at once: %s, longest %d ms%n", GROUP, byStatus(answers), longestMillis(answers));
      assertEquals(Map.of(201, GROUP), byStatus(answers));
    }
    till.awaitSettled();
  }
}
