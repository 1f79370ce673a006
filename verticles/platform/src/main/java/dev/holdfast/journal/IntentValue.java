package dev.holdfast.journal;

import java.util.Objects;

/**
 * What an intent is worth, for the journal's limits.
 *
 * @param minor 0 or more, in the smallest unit of the currency
 * @param currency amounts of one currency are added up, those of different ones never
 */
public record IntentValue(long minor, String currency) {
  public IntentValue {
    Objects.requireNonNull(currency, "currency");
    if (minor < 0) {
      throw new IllegalArgumentException("an intent is worth 0 or more, got " + minor);
    }
  }
}
