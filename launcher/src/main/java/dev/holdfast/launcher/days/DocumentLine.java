package dev.holdfast.launcher.days;

import dev.holdfast.commerce.shared.Money;
import java.math.BigDecimal;

/**
 * One row of a document.
 *
 * @param sku the stock code, not blank
 * @param description or null where it is blank
 * @param quantity signed, never 0
 * @param unitPrice in the major unit, with at most four decimals
 */
public record DocumentLine(String sku, String description, long quantity, BigDecimal unitPrice) {
  /** Quantity times unit price, rounded half up to the minor unit. */
  public long amountMinor() {
    return Money.ofLine(quantity, unitPrice, DayFile.CURRENCY).minor();
  }

  /** Whether it costs nothing. */
  public boolean isFree() {
    return unitPrice.signum() == 0;
  }
}
