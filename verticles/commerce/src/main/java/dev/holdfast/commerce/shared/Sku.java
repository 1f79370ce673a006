package dev.holdfast.commerce.shared;

import java.util.regex.Pattern;

/** Rules about stock keeping units, which are compared exactly, case included. */
public final class Sku {
  private static final Pattern STOCKED = Pattern.compile("\\d{5}[A-Za-z]{0,2}");

  /** The longest code that is accepted. */
  public static final int MAX_LENGTH = 64;

  private Sku() {}

  /**
   * Whether units of it lie in a warehouse. Codes of five digits and at most two letters do; others
   * (postage, discounts, vouchers) are sold and invoiced but never stocked.
   */
  public static boolean isStocked(String sku) {
    return STOCKED.matcher(sku).matches();
  }
}
