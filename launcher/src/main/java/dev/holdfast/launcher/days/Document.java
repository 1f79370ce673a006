package dev.holdfast.launcher.days;

import java.time.Instant;
import java.util.List;

/** All rows of one number in a file: exactly one of five classes. */
public sealed interface Document {
  /** Its number there; may be empty where that is what cannot be read. */
  String number();

  /** The customer's number, or null for a guest and for what has none. */
  default String customer() {
    return null;
  }

  /** The rows; none where the document cannot be read. */
  default List<DocumentLine> lines() {
    return List.of();
  }

  /** The sum of the lines, in the minor unit. */
  default long amountMinor() {
    return lines().stream().mapToLong(DocumentLine::amountMinor).sum();
  }

  /**
   * An order.
   *
   * @param at business time: the date of its first row
   * @param country ISO 3166, or null where it is not known
   */
  record Order(String number, Instant at, String customer, String country, List<DocumentLine> lines)
      implements Document {
    public Order {
      lines = List.copyOf(lines);
    }
  }

  /** A return; quantities are negative. */
  record Return(String number, Instant at, String customer, List<DocumentLine> lines)
      implements Document {
    public Return {
      lines = List.copyOf(lines);
    }
  }

  /**
   * An inventory movement by signed units.
   *
   * @param reason the first description that is not blank, or {@code unspecified}
   */
  record StockAdjustment(String number, Instant at, String reason, List<DocumentLine> lines)
      implements Document {
    public StockAdjustment {
      lines = List.copyOf(lines);
    }
  }

  /** A ledger entry that is no order. */
  record LedgerAdjustment(String number, Instant at, String description, List<DocumentLine> lines)
      implements Document {
    public LedgerAdjustment {
      lines = List.copyOf(lines);
    }
  }

  /**
   * A document with a row that cannot be read.
   *
   * @param file the file's name
   * @param line of the row in the file, the header being 1
   * @param reason what is wrong with it
   */
  record Unreadable(String number, String file, long line, String reason) implements Document {}
}
