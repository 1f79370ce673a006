package dev.holdfast.commerce.shared;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

  /**
   * The sum of each code, in the order in which the codes come first.
   *
   * @throws ArithmeticException when a sum is beyond a {@code long}
   */
  public static List<Units> byCode(Stream<Units> lines) {
    Map<String, Long> sums = new LinkedHashMap<>();
    lines.forEach(line -> sums.merge(line.sku(), line.units(), Math::addExact));
    List<Units> units = new ArrayList<>(sums.size());
    sums.forEach((sku, sum) -> units.add(new Units(sku, sum)));
    return units;
  }
}
