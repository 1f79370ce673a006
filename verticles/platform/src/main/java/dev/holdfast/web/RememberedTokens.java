package dev.holdfast.web;

import dev.holdfast.telemetry.CacheMeters;
import dev.holdfast.telemetry.CacheMeters.Eviction;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Verified tokens until they expire, bounded: two generations, of which the older is dropped when
 * the younger is full. A token in use moves to the younger one, so that it stays.
 */
final class RememberedTokens {
  private final int half;
  private final CacheMeters meters;
  private volatile Map<String, Caller> young = new ConcurrentHashMap<>();
  private volatile Map<String, Caller> old = Map.of();

  RememberedTokens(int max, CacheMeters meters) {
    this.half = Math.max(1, max / 2);
    this.meters = meters;
    meters.size().from(this::size);
  }

  Optional<Caller> find(String token, Instant now) {
    Optional<Caller> found = lookUp(token, now);
    meters.read(found.isPresent());
    return found;
  }

  private Optional<Caller> lookUp(String token, Instant now) {
    Caller caller = young.get(token);
    if (caller == null) {
      caller = old.get(token);
      if (caller == null) {
        return Optional.empty();
      }
      add(token, caller);
    }
    return caller.expires().isAfter(now) ? Optional.of(caller) : Optional.empty();
  }

  void add(String token, Caller caller) {
    if (young.size() >= half) {
      // Two threads may turn at once and drop a generation more; that only costs verifying again.
      meters.evicted(Eviction.SIZE_LIMIT, old.size());
      old = young;
      young = new ConcurrentHashMap<>();
    }
    young.put(token, caller);
  }

  int size() {
    return young.size() + old.size();
  }
}
