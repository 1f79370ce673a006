package dev.holdfast.commerce.shared;

/** Rules about stock keeping units, which are compared exactly, case included. */
public final class Sku {
  private static final int DIGITS = 5;
  private static final int LETTERS_MAX = 2;

  /** The longest code that is accepted. */
  public static final int MAX_LENGTH = 64;

  private Sku() {}

  /**
   * Whether units of it lie in a warehouse. Codes of five digits and at most two letters do; others
   * (postage, discounts, vouchers) are sold and invoiced but never stocked.
   */
  public static boolean isStocked(String sku) {
    int length = sku.length();
    if (length < DIGITS || length > DIGITS + LETTERS_MAX) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char next = sku.charAt(i);
      if (i < DIGITS ? !isDigit(next) : !isLetter(next)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char next) {
    return next >= '0' && next <= '9';
  }

  private static boolean isLetter(char next) {
    return (next >= 'A' && next <= 'Z') || (next >= 'a' && next <= 'z');
  }
}
