package dev.holdfast.commerce.inventory;

import dev.holdfast.commerce.inventory.InventoryProtocol.Adjust;
import dev.holdfast.commerce.inventory.InventoryProtocol.InventoryCommand;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.inventory.InventoryProtocol.Reserve;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockLevel;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockOf;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.commerce.testing.AgentDatabase;
import dev.holdfast.testing.AgentDriver;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** An inventory agent on a database of its own; each test is a merchant of its own. */
@ExtendWith(PostgresExtension.class)
abstract class StockTest {
  static TestDatabase rows;
  static AgentDatabase database;
  static AgentDriver<InventoryCommand<?>, Stock> inventory;
  static int merchant;
  static int ids;

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

  /** Each test is a merchant of its own. */
  @BeforeEach
  void anotherMerchant() {
    merchant++;
  }

  static UUID id() {
    return new UUID(7, ++ids);
  }

  static Units units(String sku, long units) {
    return new Units(sku, units);
  }

  static Reserve reserve(UUID reservation, Units... lines) {
    return new Reserve(merchant, reservation, List.of(lines), null);
  }

  static Adjust adjust(String number, Units... lines) {
    return new Adjust(merchant, id(), "shop", number, List.of(lines), "damaged");
  }

  static void stock(String sku, long units) {
    inventory.ask(new OpenStock(merchant, id(), List.of(units(sku, units))));
  }

  static StockLevel level(String sku) {
    return inventory.answer(StockLevel.class, new StockOf(merchant, sku));
  }

  static long moved(String kind) {
    return rows.number(
        "SELECT coalesce(sum(units), 0) FROM inventory.movement WHERE merchant_id="
            + merchant
            + " AND kind='"
            + kind
            + "'");
  }
}
