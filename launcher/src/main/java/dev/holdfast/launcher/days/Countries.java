package dev.holdfast.launcher.days;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The names of countries as shops write them, and their ISO 3166 codes. */
final class Countries {
  private static final Map<String, String> CODES = codes();

  private Countries() {}

  /** The code of two letters, or null for what is no country or is not known. */
  static String code(String name) {
    return CODES.get(name.strip());
  }

  private static Map<String, String> codes() {
    Map<String, String> codes = new HashMap<>();
    for (String code : Locale.getISOCountries()) {
      codes.put(Locale.of("", code).getDisplayCountry(Locale.ENGLISH), code);
    }
    codes.putAll(
        Map.of(
            "EIRE", "IE",
            "RSA", "ZA",
            "USA", "US",
            "Channel Islands", "JE",
            "Czech Republic", "CZ",
            "Hong Kong", "HK"));
    return Map.copyOf(codes);
  }
}
