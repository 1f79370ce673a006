package dev.holdfast.commerce.shared;

/**
 * Where something goes, or who pays. Personal data: never in events or logs.
 *
 * @param name a person or company, or null
 * @param street or null
 * @param city or null
 * @param postalCode or null
 * @param country ISO 3166-1 alpha-2, or null where it is not known
 */
public record Address(String name, String street, String city, String postalCode, String country) {
  public Address {
    if (country != null && !Field.isCapitals(country, 2)) {
      throw new IllegalArgumentException("country must be two capitals, got " + country);
    }
  }

  /** An address of which only the country is known; null for none. */
  public static Address ofCountry(String country) {
    return new Address(null, null, null, null, country);
  }
}
