package dev.holdfast.commerce.inventory;

import dev.holdfast.commerce.shared.Sku;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.kernel.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How units are spread over the two warehouses, and which quantities are taken at all. */
final class StockRules {
  /** The most units a line may name; keeps every sum within 64 bits. */
  static final long MAX_UNITS = 1_000_000_000;

  /** The most lines a command may have; a reservation numbers up to two rows for each. */
  static final int MAX_LINES = 15_000;

  private StockRules() {}

  /** Units to be taken from, or put into, each warehouse. */
  record Spread(long first, long second) {
    /** The part of the warehouse with that number. */
    long of(int warehouse) {
      return warehouse == 1 ? first : second;
    }
  }

  /**
   * Where an order's units of one code come from: all from the first warehouse if it has them, else
   * all from the second if it has them, else what the first has and the rest from the second, so
   * that as few orders as possible leave in two parcels.
   *
   * @return empty when both together have not enough
   */
  static Optional<Spread> take(long units, long freeInFirst, long freeInSecond) {
    if (units <= freeInFirst) {
      return Optional.of(new Spread(units, 0));
    }
    if (units <= freeInSecond) {
      return Optional.of(new Spread(0, units));
    }
    if (units <= freeInFirst + freeInSecond) {
      return Optional.of(new Spread(freeInFirst, units - freeInFirst));
    }
    return Optional.empty();
  }

  /** Opening stock: half to each warehouse, the odd unit to the first. */
  static Spread halves(long units) {
    return new Spread(units - units / 2, units / 2);
  }

  /**
   * What a write-off takes: free units alone, the first warehouse's before the second's. What is
   * promised to orders stays; the rest of the write-off is short.
   */
  static Spread writeOff(long units, long freeInFirst, long freeInSecond) {
    long first = Math.min(units, freeInFirst);
    return new Spread(first, Math.min(units - first, freeInSecond));
  }

  /** The first line that can't be taken, as a refusal. */
  static Optional<Refusal> unfit(List<Units> lines, long least) {
    if (lines.size() > MAX_LINES) {
      return Optional.of(
          Refusal.invalid(
              "too_many_lines", lines.size() + " lines, at most " + MAX_LINES + " are taken."));
    }
    return lines.stream()
        .filter(line -> line.units() < least || Math.abs(line.units()) > MAX_UNITS)
        .findFirst()
        .map(
            line ->
                Refusal.invalid(
                    "invalid_quantity",
                    line.sku()
                        + ": units must be "
                        + least
                        + " to "
                        + MAX_UNITS
                        + ", got "
                        + line.units()
                        + "."));
  }

  /** Units by code, in the order in which codes first stand there; services are left out. */
  static Map<String, Long> stockedUnits(List<Units> lines) {
    Map<String, Long> units = new LinkedHashMap<>();
    for (Units line : lines) {
      if (Sku.isStocked(line.sku())) {
        units.merge(line.sku(), line.units(), Math::addExact);
      }
    }
    return units;
  }
}
