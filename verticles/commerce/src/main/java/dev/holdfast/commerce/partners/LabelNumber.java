package dev.holdfast.commerce.partners;

import dev.holdfast.kernel.DerivedId;
import java.util.Locale;
import java.util.UUID;

/**
 * Numbers on labels: two letters of the carrier, eighteen digits that follow from our key, and a
 * check digit (GS1: weights 3 and 1 from the right, modulo 10), so that a mistyped digit is seen.
 */
public final class LabelNumber {
  private static final long SERIALS = 1_000_000_000_000_000_000L;
  private static final int LENGTH = 21;

  private LabelNumber() {}

  /**
   * The number of the label that is made under a key; always the same.
   *
   * @param carrier its code, at least two letters
   */
  public static String of(String carrier, String key) {
    UUID hash = DerivedId.of("label", carrier, key);
    long serial =
        Long.remainderUnsigned(
            hash.getMostSignificantBits() ^ Long.rotateLeft(hash.getLeastSignificantBits(), 32),
            SERIALS);
    String digits = String.format(Locale.ROOT, "%018d", serial);
    return carrier.substring(0, 2).toUpperCase(Locale.ROOT) + digits + checkDigit(digits);
  }

  /** Whether a text is a label's number with the right check digit. */
  public static boolean isValid(String text) {
    if (text.length() != LENGTH || !text.matches("[A-Z]{2}[0-9]{19}")) {
      return false;
    }
    return text.charAt(LENGTH - 1) - '0' == checkDigit(text.substring(2, LENGTH - 1));
  }

  private static int checkDigit(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int weight = (digits.length() - i) % 2 == 1 ? 3 : 1;
      sum += weight * (digits.charAt(i) - '0');
    }
    return (10 - sum % 10) % 10;
  }
}
