package dev.holdfast.commerce.shared;

/**
 * A number of units of one stock keeping unit.
 *
 * @param sku not blank, at most {@link Sku#MAX_LENGTH} characters
 * @param units may be negative where a movement is meant
 */
public record Units(String sku, long units) {
  public Units {
    if (sku == null || sku.isBlank() || sku.length() > Sku.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "sku must have 1 to " + Sku.MAX_LENGTH + " characters, got " + sku);
    }
  }
}
