package dev.holdfast.launcher.days;

import dev.holdfast.commerce.shared.Field;
import dev.holdfast.commerce.shared.Sku;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.regex.Pattern;

/** How one row of a file is read. Every complaint names its column and what stands there. */
final class RowRules {
  /** The columns, in their order. */
  static final List<String> COLUMNS =
      List.of(
          "InvoiceNo",
          "StockCode",
          "Description",
          "Quantity",
          "InvoiceDate",
          "UnitPrice",
          "CustomerID",
          "Country");

  /** Where the files' times are told. */
  static final ZoneId ZONE = ZoneId.of("Europe/London");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
  private static final Pattern QUANTITY = Pattern.compile("-?[0-9]{1,7}");
  private static final Pattern PRICE = Pattern.compile("-?[0-9]{1,7}([.][0-9]{1,4})?");
  private static final Pattern CUSTOMER = Pattern.compile("([0-9]{1,18})([.]0+)?");
  private static final int MAX_UNITS = 1_000_000;
  private static final int MAX_DESCRIPTION = 1_000;

  private RowRules() {}

  /**
   * A row that was read.
   *
   * @param customer or null for a guest
   * @param country ISO 3166 or null
   */
  record Row(DocumentLine line, Instant at, String customer, String country) {}

  /** A row that cannot be read; the message is the reason. */
  static final class Unfit extends RuntimeException {
    Unfit(String reason) {
      super(reason, null, false, false);
    }
  }

  /** The document's number. */
  static String number(List<String> fields) {
    String number = fields.getFirst().strip();
    return number.length() > Field.MAX_NUMBER ? number.substring(0, Field.MAX_NUMBER) : number;
  }

  /**
   * Reads a row.
   *
   * @throws Unfit with the reason
   */
  static Row read(List<String> fields) {
    require(fields.size() == COLUMNS.size(), "expected 8 columns, got " + fields.size());
    String number = fields.getFirst().strip();
    require(
        !number.isEmpty() && number.length() <= Field.MAX_NUMBER,
        "InvoiceNo must have 1 to 64 characters");
    DocumentLine line =
        new DocumentLine(
            sku(fields.get(1).strip()),
            description(fields.get(2).strip()),
            quantity(fields.get(3).strip()),
            price(fields.get(5).strip(), number));
    return new Row(
        line,
        time(fields.get(4).strip()),
        customer(fields.get(6).strip()),
        Countries.code(fields.get(7)));
  }

  private static String sku(String code) {
    require(
        !code.isEmpty() && code.length() <= Sku.MAX_LENGTH,
        "StockCode must have 1 to 64 characters, got '" + code + "'");
    return code;
  }

  private static String description(String text) {
    require(text.length() <= MAX_DESCRIPTION, "Description has more than 1000 characters");
    return text.isEmpty() ? null : text;
  }

  private static long quantity(String text) {
    require(QUANTITY.matcher(text).matches(), "Quantity is no whole number: '" + text + "'");
    long quantity = Long.parseLong(text);
    require(
        quantity != 0 && Math.abs(quantity) <= MAX_UNITS,
        "Quantity must be 1 to 1000000 units in or out, got " + text);
    return quantity;
  }

  private static BigDecimal price(String text, String number) {
    require(PRICE.matcher(text).matches(), "UnitPrice is no amount: '" + text + "'");
    BigDecimal price = new BigDecimal(text);
    require(
        price.signum() >= 0 || DocumentRules.isLedger(number),
        "UnitPrice must not be negative, got " + text);
    return price;
  }

  private static Instant time(String text) {
    try {
      return LocalDateTime.parse(text, TIME).atZone(ZONE).toInstant();
    } catch (DateTimeParseException wrong) {
      throw new Unfit("InvoiceDate is no time like 2010-12-01 08:26:00: '" + text + "'");
    }
  }

  private static String customer(String text) {
    if (text.isEmpty()) {
      return null;
    }
    var matcher = CUSTOMER.matcher(text);
    require(matcher.matches(), "CustomerID is no number: '" + text + "'");
    return matcher.group(1);
  }

  private static void require(boolean fit, String reason) {
    if (!fit) {
      throw new Unfit(reason);
    }
  }
}
