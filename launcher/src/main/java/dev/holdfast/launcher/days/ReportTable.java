package dev.holdfast.launcher.days;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The report as people read it: a line a room of the books, then what does not balance. */
public final class ReportTable {
  private final List<String> lines = new ArrayList<>();

  private ReportTable() {}

  /** The lines of a report. */
  public static List<String> of(ReconciliationReport report) {
    ReportTable table = new ReportTable();
    table.documents(report);
    table.money(report.money());
    table.stock(report.stock());
    table.platform(report);
    table.verdict(report);
    return table.lines;
  }

  private void documents(ReconciliationReport report) {
    var documents = report.documents();
    row(
        "documents",
        "orders %,d · returns %,d · stock adjustments %,d · ledger adjustments %,d · unreadable"
            + " %,d",
        documents.orders(),
        documents.returns(),
        documents.stockAdjustments(),
        documents.ledgerAdjustments(),
        documents.unreadable());
    var orders = report.orders();
    row(
        "orders",
        "delivered %,d · refused %s · held %,d · open %,d",
        orders.delivered(),
        reasons(orders.refused()),
        orders.held(),
        orders.open());
    var returns = report.returns();
    row(
        "returns",
        "refunded %,d · refused %s · open %,d",
        returns.refunded(),
        reasons(returns.refused()),
        returns.open());
  }

  private void money(ReconciliationReport.Money money) {
    row(
        "ordered",
        "%s for %,d units · asked back %s",
        amount(money.orderedMinor(), money.currency()),
        money.orderedUnits(),
        amount(money.returnedMinor(), money.currency()));
    row(
        "captured",
        "%s by us · %s by the provider",
        amount(money.capturedMinor(), money.currency()),
        amount(money.providerCapturedMinor(), money.currency()));
    row(
        "refunded",
        "%s by us · %s by the provider · difference %s",
        amount(money.refundedMinor(), money.currency()),
        amount(money.providerRefundedMinor(), money.currency()),
        amount(money.differenceMinor(), money.currency()));
  }

  private void stock(ReconciliationReport.Stock stock) {
    row(
        "stock",
        "opening %,d - sold %,d + returned %,d + adjusted %,d = on hand %,d · difference %,d",
        stock.opening(),
        stock.sold(),
        stock.returned(),
        stock.adjusted(),
        stock.onHand(),
        stock.difference());
    row("", "reserved %,d · adjusted short %,d", stock.reserved(), stock.adjustedShort());
  }

  private void platform(ReconciliationReport report) {
    var events = report.events();
    row(
        "events",
        "committed %,d · published %,d · unsent %,d · dead %,d",
        events.committed(),
        events.published(),
        events.unsent(),
        events.dead());
    var runs = report.runs();
    row(
        "runs",
        "started %,d · completed %,d · turned back %,d · open %,d · for a person %,d",
        runs.started(),
        runs.completed(),
        runs.turnedBack(),
        runs.open(),
        runs.needsHuman());
    row(
        "platform",
        "restarts %,d · level %d · %.1f s",
        report.restarts(),
        report.level(),
        report.seconds());
  }

  private void verdict(ReconciliationReport report) {
    lines.add("");
    if (report.booksBalanced()) {
      lines.add("The books balance.");
    } else {
      lines.add("The books do not balance:");
      report.findings().forEach(finding -> lines.add("  " + finding));
    }
  }

  private void row(String name, String format, Object... figures) {
    lines.add("  %-10s ".formatted(name) + String.format(Locale.ENGLISH, format, figures));
  }

  private static String amount(long minor, String currency) {
    return String.format(
        Locale.ENGLISH,
        "%s%,d.%02d %s",
        minor < 0 ? "-" : "",
        Math.abs(minor) / 100,
        Math.abs(minor) % 100,
        currency);
  }

  private static String reasons(Map<String, Long> refused) {
    long all = refused.values().stream().mapToLong(Long::longValue).sum();
    return refused.isEmpty()
        ? "0"
        : new TreeMap<>(refused)
            .entrySet().stream()
                .map(reason -> reason.getKey() + " " + reason.getValue())
                .collect(Collectors.joining(", ", all + " (", ")"));
  }
}
