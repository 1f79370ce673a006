package dev.holdfast.telemetry;

import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** One cache. Safe on any thread. */
public final class CacheMeters {
  private final Counter hits;
  private final Counter misses;
  private final Reading size;
  private final Map<Eviction, Counter> evictions = new EnumMap<>(Eviction.class);

  /** Why an entry was dropped. */
  public enum Eviction {
    TTL,
    SIZE_LIMIT,
    MANUAL
  }

  CacheMeters(Meters meters, String type) {
    hits = meters.counter(GivenMeter.CACHE_HITS, type);
    misses = meters.counter(GivenMeter.CACHE_MISSES, type);
    size = meters.reading(GivenMeter.CACHE_SIZE, type);
    for (Eviction reason : Eviction.values()) {
      String text = reason.name().toLowerCase(Locale.ROOT);
      evictions.put(reason, meters.counter(GivenMeter.CACHE_EVICTIONS, type, text));
    }
  }

  /** It was read. */
  public void read(boolean found) {
    (found ? hits : misses).increment();
  }

  /** Entries were dropped. */
  public void evicted(Eviction reason, int entries) {
    evictions.get(reason).increment(entries);
  }

  /** Entries that are kept. */
  public Reading size() {
    return size;
  }
}
