package dev.holdfast.journal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.holdfast.kernel.Clock;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/** Snapshots in this process's memory; those that were asked for least go first. */
public final class LocalSnapshots implements SnapshotCache {
  private final Cache<String, Snapshot<?>> kept;
  private final Clock clock;

  /**
   * @param countMax snapshots kept at most
   * @param ageMax after which one is of no use
   */
  public LocalSnapshots(int countMax, Duration ageMax, Clock clock) {
    this.clock = clock;
    this.kept =
        Caffeine.newBuilder()
            .maximumSize(countMax)
            .expireAfterWrite(ageMax)
            .ticker(clock::nanoTime)
            .executor(Runnable::run)
            .build();
  }

  @Override
  public void keep(String key, Object value) {
    kept.put(key, new Snapshot<>(value, clock.now()));
  }

  @Override
  public <T> Future<Optional<Snapshot<T>>> find(String key, Class<T> type) {
    Snapshot<?> found = kept.getIfPresent(key);
    return Future.succeededFuture(
        found == null || !type.isInstance(found.value())
            ? Optional.empty()
            : Optional.of(new Snapshot<>(type.cast(found.value()), found.asOf())));
  }
}
