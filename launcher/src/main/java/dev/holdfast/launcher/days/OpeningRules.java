package dev.holdfast.launcher.days;

import dev.holdfast.commerce.shared.Sku;
import dev.holdfast.commerce.shared.Units;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must lie on the shelves before a file's first document. */
final class OpeningRules {
  /** Lines of one booking at most. */
  static final int MAX_LINES = 1_000;

  private OpeningRules() {}

  /**
   * The units of each stocked code in the file's orders, free items included, plus those of its
   * write-offs, times the share, rounded down; by code, without those of which nothing is left.
   *
   * @param share 0 or more; at 1 nothing is short
   */
  static List<Units> of(DayFile file, BigDecimal share) {
    Map<String, Long> wanted = new TreeMap<>();
    file.documents().forEach(document -> add(wanted, document));
    List<Units> opening = new ArrayList<>(wanted.size());
    wanted.forEach(
        (sku, units) -> {
          long booked =
              share
                  .multiply(BigDecimal.valueOf(units))
                  .setScale(0, RoundingMode.DOWN)
                  .longValueExact();
          if (booked > 0) {
            opening.add(new Units(sku, booked));
          }
        });
    return opening;
  }

  /** The bookings of a list: at most {@link #MAX_LINES} lines each. */
  static <T> List<List<T>> parts(List<T> lines) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < lines.size(); from += MAX_LINES) {
      parts.add(lines.subList(from, Math.min(lines.size(), from + MAX_LINES)));
    }
    return parts;
  }

  private static void add(Map<String, Long> wanted, Document document) {
    switch (document) {
      case Document.Order order ->
          order.lines().forEach(line -> add(wanted, line.sku(), line.quantity()));
      case Document.StockAdjustment adjustment ->
          adjustment.lines().forEach(line -> add(wanted, line.sku(), -line.quantity()));
      case Document.Return given -> {}
      case Document.LedgerAdjustment entry -> {}
      case Document.Unreadable unreadable -> {}
    }
  }

  private static void add(Map<String, Long> wanted, String sku, long units) {
    if (units > 0 && Sku.isStocked(sku)) {
      wanted.merge(sku, units, Math::addExact);
    }
  }
}
