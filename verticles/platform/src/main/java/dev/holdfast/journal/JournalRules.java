package dev.holdfast.journal;

import dev.holdfast.kernel.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether the journal may take something in. */
final class JournalRules {
  /** The code of what is refused because the journal holds as much as it may. */
  static final String FULL = "journal_full";

  /** The code of what is refused because it is worth more than is taken on trust. */
  static final String TOO_VALUABLE = "intent_too_valuable";

  private JournalRules() {}

  /** Why nothing more is taken; empty when there is room. */
  static Optional<String> full(
      JournalLimits limits, Totals totals, Optional<Instant> oldest, Instant now) {
    if (totals.count() >= limits.countMax()) {
      return Optional.of("holds " + totals.count() + " intents, the most it may");
    }
    if (totals.bytes() >= limits.bytesMax()) {
      return Optional.of("holds " + totals.bytes() + " bytes, the most it may");
    }
    Optional<String> currency =
        totals.minor().entrySet().stream()
            .filter(sum -> sum.getValue() >= limits.totalMinorMax())
            .map(sum -> "holds intents for " + sum.getValue() + " in " + sum.getKey())
            .findFirst();
    return currency.or(
        () ->
            oldest
                .filter(at -> Duration.between(at, now).compareTo(limits.ageMax()) > 0)
                .map(at -> "its oldest intent waits since " + at));
  }

  /** Why this one is not taken; empty when it is. */
  static Optional<Unavailable> refusal(
      JournalLimits limits, Totals totals, Optional<Instant> oldest, Intent intent) {
    long minor = intent.value().minor();
    if (minor > limits.singleMinorMax()) {
      return Optional.of(
          new Unavailable(TOO_VALUABLE, "worth " + minor + ", more than is taken unconfirmed"));
    }
    Optional<String> full = full(limits, totals, oldest, intent.acceptedAt());
    if (full.isPresent()) {
      return full.map(why -> new Unavailable(FULL, "the journal " + why));
    }
    boolean fits =
        totals.bytes() + intent.bytes() <= limits.bytesMax()
            && totals.minorIn(intent.value().currency()) + minor <= limits.totalMinorMax();
    return fits
        ? Optional.empty()
        : Optional.of(new Unavailable(FULL, "the journal has no room for so large an intent"));
  }
}
