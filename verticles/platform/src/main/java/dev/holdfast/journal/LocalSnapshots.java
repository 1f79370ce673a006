package dev.holdfast.journal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.CacheMeters;
import dev.holdfast.telemetry.CacheMeters.Eviction;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/** Snapshots in this process's memory; those that were asked for least go first. */
public final class LocalSnapshots implements SnapshotCache {
  private final Cache<String, Snapshot<?>> kept;
  private final Clock clock;
  private final CacheMeters meters;

  /**
   * @param countMax snapshots kept at most
   * @param ageMax after which one is of no use
   * @param meters where its reads and evictions are counted
   */
  public LocalSnapshots(int countMax, Duration ageMax, Clock clock, CacheMeters meters) {
    this.clock = clock;
    this.meters = meters;
    this.kept =
        Caffeine.newBuilder()
            .maximumSize(countMax)
            .expireAfterWrite(ageMax)
            .ticker(clock::nanoTime)
            .executor(Runnable::run)
            .evictionListener((key, value, cause) -> meters.evicted(reason(cause), 1))
            .build();
    meters.size().from(kept::estimatedSize);
  }

  private static Eviction reason(RemovalCause cause) {
    return switch (cause) {
      case EXPIRED -> Eviction.TTL;
      case SIZE -> Eviction.SIZE_LIMIT;
      case EXPLICIT, REPLACED, COLLECTED -> Eviction.MANUAL;
    };
  }

  @Override
  public void keep(String key, Object value) {
    kept.put(key, new Snapshot<>(value, clock.now()));
  }

  @Override
  public <T> Future<Optional<Snapshot<T>>> find(String key, Class<T> type) {
    Snapshot<?> found = kept.getIfPresent(key);
    meters.read(found != null);
    return Future.succeededFuture(
        found == null || !type.isInstance(found.value())
            ? Optional.empty()
            : Optional.of(new Snapshot<>(type.cast(found.value()), found.asOf())));
  }
}
