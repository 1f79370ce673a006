package dev.holdfast.commerce.inventory;

import dev.holdfast.agent.Entry;
import dev.holdfast.commerce.inventory.BookingStore.BookingName;
import dev.holdfast.commerce.inventory.HoldStore.HoldName;
import dev.holdfast.commerce.inventory.InventoryProtocol.Adjust;
import dev.holdfast.commerce.inventory.InventoryProtocol.Expire;
import dev.holdfast.commerce.inventory.InventoryProtocol.InventoryCommand;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.inventory.InventoryProtocol.Release;
import dev.holdfast.commerce.inventory.InventoryProtocol.Reserve;
import dev.holdfast.commerce.inventory.InventoryProtocol.Restock;
import dev.holdfast.commerce.inventory.InventoryProtocol.Ship;
import dev.holdfast.commerce.inventory.StockStore.Code;
import dev.holdfast.commerce.shared.Sku;
import dev.holdfast.commerce.shared.Units;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What a batch names, each thing once.
 *
 * @param codes whose shelves it may change
 * @param reserving reservations it may make
 * @param closing reservations it may close, with the shelves of what they hold
 * @param bookings it may make
 */
record StockNeeds(
    Set<Code> codes, Set<HoldName> reserving, Set<HoldName> closing, Set<BookingName> bookings) {

  static StockNeeds of(List<Entry<InventoryCommand<?>>> batch) {
    StockNeeds needs =
        new StockNeeds(
            new LinkedHashSet<>(),
            new LinkedHashSet<>(),
            new LinkedHashSet<>(),
            new LinkedHashSet<>());
    batch.forEach(entry -> needs.add(entry.command()));
    return needs;
  }

  private void add(InventoryCommand<?> command) {
    switch (command) {
      case Reserve asked -> {
        reserving.add(new HoldName(asked.merchant(), asked.reservation()));
        addCodes(asked.merchant(), asked.lines());
      }
      case Release asked -> closing.add(new HoldName(asked.merchant(), asked.reservation()));
      case Expire asked -> closing.add(new HoldName(asked.merchant(), asked.reservation()));
      case Ship asked -> closing.add(new HoldName(asked.merchant(), asked.reservation()));
      case OpenStock asked ->
          addBooking(asked.merchant(), asked.booking(), null, null, asked.lines());
      case Restock asked ->
          addBooking(asked.merchant(), asked.booking(), null, null, asked.lines());
      case Adjust asked ->
          addBooking(
              asked.merchant(),
              asked.booking(),
              asked.source(),
              asked.externalNumber(),
              asked.lines());
    }
  }

  private void addBooking(
      int merchant, UUID booking, String source, String externalNumber, List<Units> lines) {
    bookings.add(new BookingName(merchant, booking, source, externalNumber));
    addCodes(merchant, lines);
  }

  private void addCodes(int merchant, List<Units> lines) {
    for (Units line : lines) {
      if (Sku.isStocked(line.sku())) {
        codes.add(new Code(merchant, line.sku()));
      }
    }
  }
}
