package dev.holdfast.commerce.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.commerce.inventory.InventoryProtocol.Allocation;
import dev.holdfast.commerce.inventory.InventoryProtocol.Expire;
import dev.holdfast.commerce.inventory.InventoryProtocol.InventoryCommand;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.inventory.InventoryProtocol.Release;
import dev.holdfast.commerce.inventory.InventoryProtocol.Released;
import dev.holdfast.commerce.inventory.InventoryProtocol.Reserve;
import dev.holdfast.commerce.inventory.InventoryProtocol.Reserved;
import dev.holdfast.commerce.inventory.InventoryProtocol.Ship;
import dev.holdfast.commerce.inventory.InventoryProtocol.Shipped;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockLow;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockReserved;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.kernel.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InventoryAgentIT extends StockTest {
  @Test
  void the_last_unit_is_sold_once_in_a_batch_of_32() {
    stock("22423", 10);
    List<Entry<InventoryCommand<?>>> batch = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      batch.add(inventory.entry(reserve(id(), units("22423", 1))));
    }
    List<Decision> decisions = inventory.run(batch);
    for (int i = 0; i < 32; i++) {
      assertEquals(i < 10, decisions.get(i).outcome() instanceof Outcome.Done, "asked as " + i);
    }
    assertEquals(10, level("22423").reserved());
    assertEquals(10, level("22423").onHand());
  }

  @Test
  void a_reservation_holds_all_its_lines_or_none() {
    stock("22423", 5);
    stock("85048", 5);
    UUID reservation = id();
    Decision decision =
        inventory.ask(
            reserve(reservation, units("22423", 5), units("85048", 4), units("85048", 2)));
    assertEquals(
        "85048: 6 wanted, 5 free.",
        assertInstanceOf(Outcome.Rejected.class, decision.outcome()).why().message());
    assertTrue(decision.events().isEmpty());
    assertEquals(0, level("22423").reserved());
    assertEquals(
        0, rows.number("SELECT count(*) FROM inventory.reservation WHERE merchant_id=" + merchant));
  }

  @Test
  void a_line_that_no_warehouse_has_alone_is_split_and_services_are_passed_over() {
    stock("22423", 7);
    Reserved reserved =
        inventory.reply(Reserved.class, reserve(id(), units("22423", 6), units("POST", 1)));
    assertEquals(
        List.of(new Allocation("22423", 1, 4), new Allocation("22423", 2, 2)),
        reserved.allocations());
  }

  @Test
  void an_order_of_services_alone_is_reserved_shipped_and_moves_nothing() {
    UUID reservation = id();
    assertEquals(
        new Reserved(reservation, List.of()),
        inventory.reply(Reserved.class, reserve(reservation, units("POST", 1))));
    assertEquals(
        new Shipped(reservation, 0),
        inventory.reply(Shipped.class, new Ship(merchant, reservation)));
  }

  @Test
  void the_same_reservation_asked_by_another_command_is_held_once() {
    stock("22423", 7);
    UUID reservation = id();
    Reserved first = inventory.reply(Reserved.class, reserve(reservation, units("22423", 6)));
    assertEquals(first, inventory.reply(Reserved.class, reserve(reservation, units("22423", 6))));
    assertEquals("reservation_exists", inventory.refusal(reserve(reservation, units("22423", 1))));
    assertEquals(6, level("22423").reserved());
  }

  @Test
  void shipped_goods_leave_once_and_stay_gone() {
    stock("22423", 7);
    UUID reservation = id();
    inventory.ask(reserve(reservation, units("22423", 6)));
    assertEquals(
        new Shipped(reservation, 6),
        inventory.reply(Shipped.class, new Ship(merchant, reservation)));
    assertEquals(
        new Shipped(reservation, 6),
        inventory.reply(Shipped.class, new Ship(merchant, reservation)));
    assertEquals(
        new Released(reservation, 0),
        inventory.reply(Released.class, new Release(merchant, reservation, "late")));
    assertEquals(1, level("22423").onHand());
    assertEquals(0, level("22423").reserved());
    assertEquals(-6, moved("SHIPPED"));
  }

  @Test
  void released_goods_are_free_again_and_cannot_be_shipped() {
    stock("22423", 7);
    UUID reservation = id();
    inventory.ask(reserve(reservation, units("22423", 6)));
    assertEquals(
        new Released(reservation, 6),
        inventory.reply(Released.class, new Release(merchant, reservation, "cancelled")));
    assertEquals("reservation_not_held", inventory.refusal(new Ship(merchant, reservation)));
    assertEquals("reservation_closed", inventory.refusal(reserve(reservation, units("22423", 1))));
    assertEquals(0, level("22423").reserved());
    assertEquals("unknown_reservation", inventory.refusal(new Ship(merchant, id())));
  }

  @Test
  void the_undo_of_a_reservation_that_was_refused_or_never_came_gives_nothing_back() {
    stock("22423", 1);
    Entry<InventoryCommand<?>> forward = inventory.entry(reserve(id(), units("22423", 2)));
    Decision refused = inventory.run(List.of(forward)).getFirst();
    UUID reservation = ((Reserve) forward.command()).reservation();
    Release release = new Release(merchant, reservation, "turned back");
    Entry<InventoryCommand<?>> undo = inventory.undo(forward.id(), refused.outcome(), release);
    assertEquals(
        new Released(reservation, 0), inventory.run(List.of(undo)).getFirst().outcome().orThrow());
    assertEquals(
        new Released(reservation, 0),
        inventory
            .run(List.of(inventory.undo(forward.id(), null, release)))
            .getFirst()
            .outcome()
            .orThrow());
    assertEquals(1, level("22423").onHand());
  }

  @Test
  void reserving_and_releasing_in_one_batch_leaves_the_stock_as_it_was() {
    stock("22423", 3);
    UUID reservation = id();
    inventory.run(
        List.of(
            inventory.entry(reserve(reservation, units("22423", 3))),
            inventory.entry(new Release(merchant, reservation, "cancelled"))));
    assertEquals(0, level("22423").reserved());
    assertEquals("reservation_not_held", inventory.refusal(new Ship(merchant, reservation)));
  }

  @Test
  void a_reservation_with_an_end_sets_a_timer_and_its_command_gives_the_goods_back() {
    stock("22423", 3);
    UUID reservation = id();
    Instant end = inventory.now().plus(Duration.ofMinutes(30));
    Decision held =
        inventory.ask(new Reserve(merchant, reservation, List.of(units("22423", 2)), end));
    var timer = held.timers().getFirst();
    assertEquals(reservation.toString(), timer.owner());
    assertEquals(end, timer.dueAt());
    assertEquals(
        new Released(reservation, 2), inventory.reply(Released.class, (Expire) timer.command()));
    assertEquals("reservation_not_held", inventory.refusal(new Ship(merchant, reservation)));
    assertEquals(0, level("22423").reserved());
  }

  @Test
  void shipping_stops_the_timer_and_a_late_one_gives_nothing_back() {
    stock("22423", 3);
    UUID reservation = id();
    Instant end = inventory.now().plus(Duration.ofMinutes(30));
    inventory.ask(new Reserve(merchant, reservation, List.of(units("22423", 2)), end));
    Decision shipped = inventory.ask(new Ship(merchant, reservation));
    assertNull(shipped.timers().getFirst().dueAt());
    assertEquals(
        new Released(reservation, 0),
        inventory.reply(Released.class, new Expire(merchant, reservation)));
    assertEquals(1, level("22423").onHand());
  }

  @Test
  void nothing_but_its_run_ends_a_reservation_without_a_time() {
    stock("22423", 3);
    UUID reservation = id();
    assertTrue(inventory.ask(reserve(reservation, units("22423", 2))).timers().isEmpty());
    inventory.ask(new Expire(merchant, reservation));
    assertEquals(2, level("22423").reserved());
  }

  @Test
  void running_low_is_told_by_the_command_that_crosses_the_reorder_point() {
    stock("22423", 14);
    assertEquals(1, inventory.ask(reserve(id(), units("22423", 3))).events().size());
    Decision crossing = inventory.ask(reserve(id(), units("22423", 2)));
    assertInstanceOf(StockReserved.class, crossing.events().get(0));
    StockLow low = assertInstanceOf(StockLow.class, crossing.events().get(1));
    assertEquals(9, low.free());
    assertEquals(1, inventory.ask(reserve(id(), units("22423", 1))).events().size());
  }

  @Test
  void an_order_of_many_lines_is_one_reservation() {
    List<Units> lines = new ArrayList<>();
    for (int code = 10_000; code < 11_114; code++) {
      lines.add(units(String.valueOf(code), 3));
    }
    inventory.ask(new OpenStock(merchant, id(), lines));
    UUID reservation = id();
    inventory.ask(new Reserve(merchant, reservation, lines, null));
    assertEquals(
        new Shipped(reservation, 3 * 1114),
        inventory.reply(Shipped.class, new Ship(merchant, reservation)));
    assertEquals(-3 * 1114, moved("SHIPPED"));
  }
}
