package dev.holdfast.journal;

import java.util.HashMap;
import java.util.Map;

/**
 * What the intents that wait come to.
 *
 * @param minor their value by currency
 */
record Totals(int count, long bytes, Map<String, Long> minor) {
  static final Totals NONE = new Totals(0, 0, Map.of());

  Totals {
    minor = Map.copyOf(minor);
  }

  Totals plus(IntentStanding intent) {
    return with(intent, 1);
  }

  Totals minus(IntentStanding intent) {
    return with(intent, -1);
  }

  private Totals with(IntentStanding intent, int sign) {
    Map<String, Long> sums = new HashMap<>(minor);
    sums.merge(intent.value().currency(), sign * intent.value().minor(), Long::sum);
    return new Totals(count + sign, bytes + sign * intent.bytes(), sums);
  }

  long minorIn(String currency) {
    return minor.getOrDefault(currency, 0L);
  }
}
