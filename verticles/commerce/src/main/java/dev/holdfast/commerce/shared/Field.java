package dev.holdfast.commerce.shared;

import dev.holdfast.kernel.Refusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Checks of single fields of a command. Each gives null when the field is right, else a refusal
 * with the code {@code invalid_<field>} and a sentence that names the field and its limit. The
 * value itself is told only where it is a number, because a text may name a person.
 */
public final class Field {
  /** Characters of a number that others give at most: a document's, a customer's; of a source. */
  public static final int MAX_NUMBER = 64;

  /** Units of one line at most. */
  public static final long MAX_UNITS = 1_000_000;

  /** The highest unit price, in the major unit. */
  public static final BigDecimal MAX_PRICE = BigDecimal.valueOf(1_000_000);

  /** Decimals of a unit price at most. */
  public static final int MAX_DECIMALS = 4;

  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  private Field() {}

  /** The first refusal that a check gives, or null when all are content; later ones don't run. */
  @SafeVarargs
  public static Refusal first(Supplier<Refusal>... checks) {
    for (Supplier<Refusal> check : checks) {
      Refusal refusal = check.get();
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  /** A text that must be there, of 1 to {@code max} characters that a database row can hold. */
  public static Refusal text(String field, String value, int max) {
    if (value == null || value.isBlank()) {
      return invalid(field, "must not be blank");
    }
    return textOrNull(field, value, max);
  }

  /** A text that may be missing, of at most {@code max} characters that a database row can hold. */
  public static Refusal textOrNull(String field, String value, int max) {
    if (value != null && value.length() > max) {
      return invalid(field, "must have at most " + max + " characters, got " + value.length());
    }
    // PostgreSQL stores no NUL in a text: what a row can't hold is refused before it is a bug.
    return value != null && value.indexOf('\0') >= 0
        ? invalid(field, "must not contain the character U+0000")
        : null;
  }

  /** A number of units from 1 to {@link #MAX_UNITS}. */
  public static Refusal units(String field, long value) {
    return value < 1 || value > MAX_UNITS
        ? invalid(field, "must be 1 to " + MAX_UNITS + ", got " + value)
        : null;
  }

  /** A unit price from 0 to {@link #MAX_PRICE} with at most {@link #MAX_DECIMALS} decimals. */
  public static Refusal price(String field, BigDecimal value) {
    if (value == null) {
      return invalid(field, "must be there");
    }
    if (value.signum() < 0 || value.compareTo(MAX_PRICE) > 0) {
      return invalid(field, "must be 0 to " + MAX_PRICE);
    }
    return value.stripTrailingZeros().scale() > MAX_DECIMALS
        ? invalid(field, "must have at most " + MAX_DECIMALS + " decimals")
        : null;
  }

  /**
   * A price that {@link #price} found right, as a row holds it: with an exponent written out, and
   * without the zeros that stand beyond the decimals that count.
   */
  public static BigDecimal plain(BigDecimal price) {
    int scale = Math.clamp(price.scale(), 0, MAX_DECIMALS);
    return price.scale() == scale ? price : price.setScale(scale);
  }

  /** Whether a text is so many of the letters A to Z. */
  public static boolean isCapitals(String text, int length) {
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter < 'A' || letter > 'Z') {
        return false;
      }
    }
    return text.length() == length;
  }

  /** A currency's three capitals. */
  public static Refusal currency(String field, String value) {
    return value == null || !isCapitals(value, 3)
        ? invalid(field, "must be three capitals (ISO 4217)")
        : null;
  }

  /** A country's two capitals, or nothing where it is not known. */
  public static Refusal countryOrNull(String field, String value) {
    return value != null && !isCapitals(value, 2)
        ? invalid(field, "must be two capitals (ISO 3166-1)")
        : null;
  }

  /** A time that must be there, between the years 1970 and 9998. */
  public static Refusal time(String field, Instant value) {
    return value == null || value.isBefore(EARLIEST) || !value.isBefore(LATEST)
        ? invalid(field, "must be a time between the years 1970 and 9998")
        : null;
  }

  /** A list of 1 to {@code max} entries. */
  public static Refusal size(String field, List<?> value, int max) {
    return value.isEmpty() || value.size() > max
        ? invalid(field, "must have 1 to " + max + " entries, got " + value.size())
        : null;
  }

  /** A value that must be there. */
  public static Refusal present(String field, Object value) {
    return value == null ? invalid(field, "must be there") : null;
  }

  /** An address that may be missing, each part of it at most 200 characters. */
  public static Refusal address(String field, Address value) {
    return value == null
        ? null
        : Arrays.asList(value.name(), value.street(), value.city(), value.postalCode()).stream()
            .map(part -> textOrNull(field, part, 200))
            .filter(refusal -> refusal != null)
            .findFirst()
            .orElse(null);
  }

  /**
   * The refusal of a field.
   *
   * @param field as the command's record names it, with the position where it stands in a list:
   *     {@code lines[3].quantity}
   * @param why the rest of the sentence
   */
  public static Refusal invalid(String field, String why) {
    String name = field.substring(field.lastIndexOf('.') + 1);
    return Refusal.invalid("invalid_" + snake(name), field + " " + why);
  }

  private static String snake(String camel) {
    StringBuilder snake = new StringBuilder(camel.length() + 4);
    for (int i = 0; i < camel.length(); i++) {
      char letter = camel.charAt(i);
      if (Character.isUpperCase(letter)) {
        snake.append('_');
      }
      snake.append(Character.toLowerCase(letter));
    }
    return snake.toString();
  }
}
