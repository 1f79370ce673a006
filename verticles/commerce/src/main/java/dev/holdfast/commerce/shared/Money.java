package dev.holdfast.commerce.shared;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * An amount in the minor unit of its currency (pence, cents).
 *
 * @param minor may be negative where a movement is meant
 * @param currency ISO 4217, three capitals
 */
public record Money(long minor, String currency) {
  public Money {
    Objects.requireNonNull(currency, "currency");
    if (!Field.isCapitals(currency, 3)) {
      throw new IllegalArgumentException("currency must be three capitals, got " + currency);
    }
  }

  public static Money zero(String currency) {
    return new Money(0, currency);
  }

  /**
   * Quantity times unit price, rounded half up to the minor unit (two decimals).
   *
   * @param unitPrice in the major unit, with any number of decimals
   */
  public static Money ofLine(long quantity, BigDecimal unitPrice, String currency) {
    BigDecimal minor =
        unitPrice
            .multiply(BigDecimal.valueOf(quantity))
            .movePointRight(2)
            .setScale(0, RoundingMode.HALF_UP);
    return new Money(minor.longValueExact(), currency);
  }

  /**
   * The sum.
   *
   * @throws IllegalArgumentException when the currencies differ
   * @throws ArithmeticException when it does not fit 64 bits
   */
  public Money plus(Money other) {
    return new Money(Math.addExact(minor, sameCurrency(other).minor), currency);
  }

  /** The difference; refuses as {@link #plus} does. */
  public Money minus(Money other) {
    return new Money(Math.subtractExact(minor, sameCurrency(other).minor), currency);
  }

  public boolean isPositive() {
    return minor > 0;
  }

  private Money sameCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(
          "amounts in " + currency + " and " + other.currency + " do not add");
    }
    return other;
  }
}
