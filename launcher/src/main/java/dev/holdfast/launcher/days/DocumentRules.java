package dev.holdfast.launcher.days;

import dev.holdfast.launcher.days.RowRules.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Of which class a document is. */
final class DocumentRules {
  /** The reason of an adjustment whose descriptions are all blank. */
  static final String UNSPECIFIED = "unspecified";

  private static final int MAX_LINES = 2_000;
  private static final int MAX_ADJUSTED_LINES = 1_000;
  private static final int MAX_REASON = 200;

  private DocumentRules() {}

  /**
   * A row as it stands in a file.
   *
   * @param line its number in the file
   */
  record RawRow(long line, List<String> fields) {}

  static boolean isLedger(String number) {
    return number.startsWith("A");
  }

  private static boolean isReturn(String number) {
    return number.startsWith("C");
  }

  /** The document that the rows of one number make; unreadable when one of them is. */
  static Document of(String file, String number, List<RawRow> rows) {
    List<Row> read = new ArrayList<>(rows.size());
    for (RawRow row : rows) {
      try {
        Row fit = RowRules.read(row.fields());
        read.add(fit);
        requireSign(number, fit);
      } catch (RowRules.Unfit unfit) {
        return new Document.Unreadable(number, file, row.line(), unfit.getMessage());
      }
    }
    boolean adjusts = adjustsStock(number, read);
    int limit = adjusts ? MAX_ADJUSTED_LINES : MAX_LINES;
    if (rows.size() > limit) {
      return new Document.Unreadable(
          number, file, rows.get(limit).line(), "a document may have " + limit + " rows");
    }
    return adjusts ? adjustment(number, read) : sold(file, number, rows, read);
  }

  private static boolean adjustsStock(String number, List<Row> rows) {
    return !isLedger(number)
        && !isReturn(number)
        && rows.stream().allMatch(row -> row.line().isFree());
  }

  private static Document adjustment(String number, List<Row> rows) {
    List<DocumentLine> lines = rows.stream().map(Row::line).toList();
    return new Document.StockAdjustment(number, rows.getFirst().at(), description(lines), lines);
  }

  private static Document sold(String file, String number, List<RawRow> raw, List<Row> rows) {
    Row first = rows.getFirst();
    List<DocumentLine> lines = rows.stream().map(Row::line).toList();
    if (isLedger(number)) {
      return new Document.LedgerAdjustment(number, first.at(), description(lines), lines);
    }
    if (isReturn(number)) {
      return new Document.Return(number, first.at(), first.customer(), lines);
    }
    for (int at = 0; at < lines.size(); at++) {
      if (lines.get(at).quantity() < 0) {
        return new Document.Unreadable(
            number, file, raw.get(at).line(), "Quantity in an order must be positive");
      }
    }
    return new Document.Order(number, first.at(), first.customer(), first.country(), lines);
  }

  private static void requireSign(String number, Row row) {
    if (isReturn(number) && row.line().quantity() > 0) {
      throw new RowRules.Unfit(
          "Quantity in a return must be negative, got " + row.line().quantity());
    }
  }

  private static String description(List<DocumentLine> lines) {
    return lines.stream()
        .map(DocumentLine::description)
        .filter(Objects::nonNull)
        .findFirst()
        .map(text -> text.length() > MAX_REASON ? text.substring(0, MAX_REASON) : text)
        .orElse(UNSPECIFIED);
  }
}
