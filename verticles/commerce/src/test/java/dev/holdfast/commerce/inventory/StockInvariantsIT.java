package dev.holdfast.commerce.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.commerce.inventory.InventoryProtocol.Adjust;
import dev.holdfast.commerce.inventory.InventoryProtocol.InventoryCommand;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.inventory.InventoryProtocol.Release;
import dev.holdfast.commerce.inventory.InventoryProtocol.Reserve;
import dev.holdfast.commerce.inventory.InventoryProtocol.Restock;
import dev.holdfast.commerce.inventory.InventoryProtocol.Ship;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.commerce.testing.AgentDatabase;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.testing.AgentDriver;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds whatever comes in whatever order, with two lanes at work at once. */
@ExtendWith(PostgresExtension.class)
class StockInvariantsIT {
  private static final int CODES = 24;

  /** So many that the locking of a batch takes long enough for another to come between. */
  private static final int MANY_CODES = 600;

  private static TestDatabase rows;
  private static AgentDatabase database;
  private static AgentDriver<InventoryCommand<?>, Stock> inventory;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final List<UUID> reservations = new ArrayList<>();
  private int ids;

  @BeforeAll
  static void open(TestDatabase empty) {
    rows = empty;
    database = new AgentDatabase(empty, "inventory");
    inventory =
        new AgentDriver<>(new InventoryAgent(null, database.database(), 10), database.database());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @AfterEach
  void the_books_balance_and_no_lock_was_fought_over() {
    String with = "seed " + seed;
    assertEquals(
        0,
        rows.number(
            """
            SELECT count(*) FROM inventory.stock s
            FULL JOIN (
              SELECT merchant_id, sku, warehouse, sum(units) AS units FROM inventory.movement
              GROUP BY merchant_id, sku, warehouse) m USING (merchant_id, sku, warehouse)
            WHERE coalesce(s.on_hand, 0) <> coalesce(m.units, 0)
            """),
        "stock is the sum of its movements; " + with);
    assertEquals(
        0,
        rows.number(
            """
            SELECT count(*) FROM inventory.stock s
            LEFT JOIN (
              SELECT merchant_id, sku, warehouse, sum(units) AS units
              FROM inventory.reservation_line JOIN inventory.reservation
                USING (merchant_id, reservation)
              WHERE state = 'ACTIVE'
              GROUP BY merchant_id, sku, warehouse) h USING (merchant_id, sku, warehouse)
            WHERE s.reserved <> coalesce(h.units, 0)
            """),
        "reserved is the sum of what stands; " + with);
    assertEquals(
        0,
        rows.number(
            "SELECT count(*) FROM inventory.stock WHERE reserved < 0 OR on_hand < reserved"),
        "nothing is oversold; " + with);
    assertEquals(
        0,
        rows.number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"),
        "deadlocks; " + with);
  }

  @Test
  void random_commands_in_two_lanes_keep_the_books() {
    for (int round = 0; round < 40; round++) {
      Future<List<Decision>> one = inventory.start(batch(1));
      Future<List<Decision>> other = inventory.start(batch(1));
      AgentDriver.await(one);
      AgentDriver.await(other);
    }
    assertTrue(
        rows.number("SELECT count(DISTINCT state) FROM inventory.reservation") >= 3,
        "too little happened with seed " + seed);
  }

  @Test
  void the_same_batch_in_two_orders_at_once_never_deadlocks_and_holds_everything_once() {
    openPlenty(2, CODES);
    for (int round = 0; round < 50; round++) {
      twice(batch(2));
    }
  }

  /** Without other locks in front of them, the shelves' own order has to do. */
  @Test
  void the_same_reservations_in_two_orders_at_once_never_deadlock_and_are_held_once() {
    openPlenty(3, MANY_CODES);
    for (int round = 0; round < 50; round++) {
      List<Entry<InventoryCommand<?>>> batch = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        batch.add(inventory.entry(new Reserve(3, id(), manyLines(), null)));
      }
      twice(batch);
    }
  }

  private List<Units> manyLines() {
    List<Units> lines = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      lines.add(new Units(sku(random.nextInt(MANY_CODES)), 1));
    }
    return lines;
  }

  private void openPlenty(int merchant, int codes) {
    List<Units> lines = new ArrayList<>();
    for (int code = 0; code < codes; code++) {
      lines.add(new Units(sku(code), 1_000_000));
    }
    inventory.ask(new OpenStock(merchant, id(), lines));
  }

  private void twice(List<Entry<InventoryCommand<?>>> batch) {
    List<Entry<InventoryCommand<?>>> shuffled = new ArrayList<>(batch);
    Collections.shuffle(shuffled, random);
    Future<List<Decision>> one = inventory.start(batch);
    Future<List<Decision>> other = inventory.start(shuffled);
    assertEquals(
        reservations(batch, AgentDriver.await(one)),
        reservations(shuffled, AgentDriver.await(other)),
        "seed " + seed);
  }

  /** What was replied to each reservation. */
  private static Map<InventoryCommand<?>, Outcome<?>> reservations(
      List<Entry<InventoryCommand<?>>> batch, List<Decision> decisions) {
    Map<InventoryCommand<?>, Outcome<?>> replies = new HashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      if (batch.get(i).command() instanceof Reserve reserve) {
        replies.put(reserve, decisions.get(i).outcome());
      }
    }
    return replies;
  }

  /** Commands about reservations of earlier batches, and new ones. */
  private List<Entry<InventoryCommand<?>>> batch(int merchant) {
    List<Entry<InventoryCommand<?>>> batch = new ArrayList<>();
    List<UUID> made = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      InventoryCommand<?> command =
          switch (random.nextInt(10)) {
            case 0 -> new OpenStock(merchant, id(), lines(0));
            case 1 -> new Restock(merchant, id(), lines(1));
            case 2 ->
                new Adjust(merchant, id(), "shop", "A" + random.nextInt(60), lines(-20), "found");
            case 3, 4 -> new Ship(merchant, earlier());
            case 5 -> new Release(merchant, earlier(), "cancelled");
            default -> new Reserve(merchant, add(made), lines(1), null);
          };
      batch.add(inventory.entry(command));
    }
    reservations.addAll(made);
    return batch;
  }

  private UUID add(List<UUID> made) {
    made.add(id());
    return made.getLast();
  }

  private UUID earlier() {
    return reservations.isEmpty() ? id() : reservations.get(random.nextInt(reservations.size()));
  }

  private List<Units> lines(int least) {
    List<Units> lines = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      lines.add(new Units(sku(random.nextInt(CODES)), random.nextInt(least, 30)));
    }
    return lines;
  }

  private static String sku(int number) {
    return String.valueOf(20_000 + number);
  }

  private UUID id() {
    return new UUID(random.nextLong(), ++ids);
  }
}
