package dev.holdfast.journal;

import dev.holdfast.bus.HttpKey;
import dev.holdfast.kernel.CommandId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Intents and limits for tests. */
final class Intents {
  static final int MERCHANT = 7;
  static final String OPERATION = "placeThing";

  /** Room for all that a test does. */
  static final JournalLimits WIDE =
      new JournalLimits(
          100_000,
          1_000_000_000L,
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          Duration.ofDays(1),
          4_096,
          256,
          Duration.ofDays(7));

  private Intents() {}

  /** What a requester asked under a key, for 2.50. */
  static Intent of(String key, Instant at) {
    return of(key, 250, at);
  }

  static Intent of(String key, long minor, Instant at) {
    CommandId id =
        CommandId.ofHttp(MERCHANT, OPERATION, key, LocalDate.ofInstant(at, ZoneOffset.UTC));
    return new Intent(
        id,
        new HttpKey(MERCHANT, OPERATION, key, "f-" + key),
        id.value().toString(),
        "script.Do",
        "{\"merchant\":7,\"name\":\"" + key + "\"}",
        null,
        new IntentValue(minor, "GBP"),
        null,
        at);
  }

  /** The same, asked for under another key. */
  static Intent under(HttpKey key, Intent intent) {
    return with(key, intent, intent.traceparent());
  }

  /** The same, accepted for a request that is seen. */
  static Intent traced(Intent intent, String traceparent) {
    return with(intent.key(), intent, traceparent);
  }

  private static Intent with(HttpKey key, Intent intent, String traceparent) {
    return new Intent(
        intent.id(),
        key,
        intent.laneKey(),
        intent.type(),
        intent.payload(),
        intent.condition(),
        intent.value(),
        intent.owner(),
        intent.acceptedAt(),
        traceparent);
  }

  static JournalLimits limits(int count, long total, long single, Duration age) {
    return new JournalLimits(count, 1_000_000, total, single, age, 4_096, 256, Duration.ofDays(7));
  }
}
