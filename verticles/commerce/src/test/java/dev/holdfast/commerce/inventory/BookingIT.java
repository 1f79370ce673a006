package dev.holdfast.commerce.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.holdfast.agent.Decision;
import dev.holdfast.commerce.inventory.InventoryProtocol.Moved;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.inventory.InventoryProtocol.Reserved;
import dev.holdfast.commerce.inventory.InventoryProtocol.Restock;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockLevel;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockLevels;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockMoved;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockPage;
import dev.holdfast.commerce.inventory.InventoryProtocol.WarehouseStock;
import dev.holdfast.kernel.Outcome;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What moves stock without a reservation, and what is told of stock. */
class BookingIT extends StockTest {
  @Test
  void opening_stock_lies_half_in_each_warehouse_with_the_odd_unit_in_the_first() {
    Moved moved =
        inventory.reply(
            Moved.class,
            new OpenStock(merchant, id(), List.of(units("22423", 7), units("POST", 5))));
    assertEquals(7, moved.units());
    assertEquals(
        List.of(new WarehouseStock(1, 4, 0), new WarehouseStock(2, 3, 0)),
        level("22423").warehouses());
    assertEquals(new StockLevel("POST", 0, 0, List.of()), level("POST"));
  }

  @Test
  void a_write_off_takes_what_nobody_was_promised_and_reports_the_rest() {
    stock("22423", 7);
    inventory.ask(reserve(id(), units("22423", 5)));
    Moved moved = inventory.reply(Moved.class, adjust("A1", units("22423", -6)));
    assertEquals(-2, moved.units());
    assertEquals(4, moved.shortUnits());
    assertEquals(5, level("22423").onHand());
    assertEquals(-2, moved("ADJUSTED"));
    assertEquals(
        4,
        rows.number(
            "SELECT sum(short_units) FROM inventory.movement WHERE merchant_id=" + merchant));
  }

  @Test
  void lines_of_a_correction_count_one_after_the_other() {
    Moved moved =
        inventory.reply(
            Moved.class,
            adjust(
                "A1",
                units("22423", -1),
                units("22423", 5),
                units("22423", -2),
                units("POST", -9)));
    assertEquals(3, moved.units());
    assertEquals(1, moved.shortUnits());
    assertEquals(3, level("22423").onHand());
  }

  @Test
  void a_document_moves_stock_once_for_ever() {
    assertEquals(3, inventory.reply(Moved.class, adjust("A1", units("22423", 3))).units());
    assertEquals("already_recorded", inventory.refusal(adjust("A1", units("22423", 3))));
    UUID opening = id();
    OpenStock open = new OpenStock(merchant, opening, List.of(units("22423", 4)));
    inventory.ask(open);
    assertEquals("already_recorded", inventory.refusal(open));
    assertEquals(7, level("22423").onHand());
  }

  @Test
  void a_document_that_stands_twice_in_a_batch_moves_stock_once() {
    List<Decision> decisions =
        inventory.run(
            List.of(
                inventory.entry(adjust("A1", units("22423", 3))),
                inventory.entry(adjust("A1", units("22423", 3)))));
    assertInstanceOf(Outcome.Done.class, decisions.get(0).outcome());
    assertInstanceOf(Outcome.Rejected.class, decisions.get(1).outcome());
    assertEquals(3, level("22423").onHand());
  }

  @Test
  void goods_never_stocked_can_come_back_and_be_sold() {
    Restock restock = new Restock(merchant, id(), List.of(units("22423", 2), units("M", 1)));
    Decision decision = inventory.ask(restock);
    assertEquals(new Moved(restock.booking(), 2, 0), decision.outcome().orThrow());
    assertEquals(
        new StockMoved(merchant, restock.booking().toString(), 1, "restocked", 2),
        decision.events().getFirst());
    assertEquals("already_recorded", inventory.refusal(restock));
    inventory.reply(Reserved.class, reserve(id(), units("22423", 2)));
  }

  @Test
  void pages_go_on_behind_the_last_code() {
    for (String code : List.of("10002", "10001", "10003")) {
      stock(code, 2);
    }
    StockLevels first = inventory.answer(StockLevels.class, new StockPage(merchant, null, 2));
    assertEquals(List.of("10001", "10002"), first.levels().stream().map(StockLevel::sku).toList());
    StockLevels second = inventory.answer(StockLevels.class, new StockPage(merchant, "10002", 2));
    assertEquals(List.of("10003"), second.levels().stream().map(StockLevel::sku).toList());
  }
}
