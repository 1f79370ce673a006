package dev.holdfast.launcher.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.days.ReconciliationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A day as a file, and what the books must say after it: every order delivered, every return
 * refunded, and the shelves empty but for what came back.
 *
 * @param orders how many
 * @param returns how many
 */
record SmallDay(
    Path file,
    int orders,
    long orderedMinor,
    long orderedUnits,
    int returns,
    long returnedMinor,
    long returnedUnits) {
  private static final int EACH_RETURN = 10;
  private static final int CODES = 40;

  /**
   * Writes one.
   *
   * @param first the number of its first order; customers follow from it too
   */
  static SmallDay write(Path file, int first, int orders) throws IOException {
    StringBuilder rows =
        new StringBuilder(
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n");
    long orderedMinor = 0;
    long orderedUnits = 0;
    int returns = 0;
    long returnedMinor = 0;
    long returnedUnits = 0;
    for (int number = first; number < first + orders; number++) {
      for (int line = 0; line < 2; line++) {
        int quantity = 2 + (number + line) % 5;
        int price = 100 + (number * 7 + line * 31) % 400;
        row(rows, String.valueOf(number), code(number, line), quantity, number, price, 9);
        orderedMinor += (long) quantity * price;
        orderedUnits += quantity;
      }
      if (number % EACH_RETURN == 0) {
        int price = 100 + number * 7 % 400;
        row(rows, "C" + number, code(number, 0), -1, number, price, 17);
        returns++;
        returnedMinor += price;
        returnedUnits++;
      }
    }
    Files.writeString(file, rows);
    return new SmallDay(
        file, orders, orderedMinor, orderedUnits, returns, returnedMinor, returnedUnits);
  }

  private static String code(int number, int line) {
    return String.valueOf(70_000 + (number * 3 + line) % CODES);
  }

  private static void row(
      StringBuilder rows,
      String number,
      String code,
      int quantity,
      int customer,
      int price,
      int hour) {
    rows.append(
        "%s,%s,THING %s,%d,2010-12-01 %02d:26:00,%d.%02d,%d,United Kingdom%n"
            .formatted(
                number, code, code, quantity, hour, price / 100, price % 100, 10_000 + customer));
  }

  int documents() {
    return orders + returns;
  }

  /** This day and another on the same platform. */
  SmallDay and(SmallDay other) {
    return new SmallDay(
        file,
        orders + other.orders,
        orderedMinor + other.orderedMinor,
        orderedUnits + other.orderedUnits,
        returns + other.returns,
        returnedMinor + other.returnedMinor,
        returnedUnits + other.returnedUnits);
  }

  /** The books are those of an undisturbed day. */
  void check(ReconciliationReport report) {
    String all = report.json() + report.findings();
    assertEquals(orders, report.orders().accepted(), all);
    assertEquals(orders, report.orders().delivered(), all);
    assertEquals(Map.of(), report.orders().refused(), all);
    assertEquals(returns, report.returns().refunded(), all);
    assertEquals(orderedMinor, report.money().orderedMinor(), all);
    assertEquals(orderedMinor, report.money().capturedMinor(), all);
    assertEquals(orderedMinor, report.money().providerCapturedMinor(), all);
    assertEquals(returnedMinor, report.money().refundedMinor(), all);
    assertEquals(returnedMinor, report.money().providerRefundedMinor(), all);
    assertEquals(orderedUnits, report.stock().opening(), all);
    assertEquals(orderedUnits, report.stock().sold(), all);
    assertEquals(returnedUnits, report.stock().onHand(), all);
    assertEquals(0, report.stock().reserved(), all);
    assertEquals(0, report.stock().difference(), all);
    assertEquals(0, report.events().unsent(), all);
    assertEquals(0, report.events().dead(), all);
    assertEquals(report.events().committed(), report.events().published(), all);
    assertEquals(orders + returns, report.runs().completed(), all);
    assertEquals(orders + returns, report.runs().started(), all);
    assertTrue(report.booksBalanced(), all);
  }
}
