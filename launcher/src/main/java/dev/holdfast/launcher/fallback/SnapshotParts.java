package dev.holdfast.launcher.fallback;

import dev.holdfast.guard.Guard;
import dev.holdfast.guard.Guards;
import dev.holdfast.journal.LocalSnapshots;
import dev.holdfast.journal.RedisSnapshots;
import dev.holdfast.journal.SnapshotCache;
import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.settings.JournalSettings;
import dev.holdfast.launcher.settings.RedisSettings;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;

/** Where snapshots are kept: in memory, and in Redis besides if there is one. */
public final class SnapshotParts {
  /** The name of the guard before Redis. */
  public static final String GUARD = "redis";

  private static final int WAITING_MAX = 256;

  private SnapshotParts() {}

  public static SnapshotCache of(
      Settings settings, Vertx vertx, Guards guards, Meters meters, Clock clock) {
    JournalSettings journal = settings.journal();
    Duration ageMax = Duration.ofMillis(journal.snapshotMaxMs());
    LocalSnapshots near =
        new LocalSnapshots(journal.snapshotsMax(), ageMax, clock, meters.cache("snapshots"));
    RedisSettings redis = settings.redis();
    if (!redis.enabled()) {
      return near;
    }
    // Nothing that Redis says is a refusal or a bug of ours: whatever fails is its fault.
    Guard guard = guards.named(GUARD, settings.guards().of(GUARD).counting(failure -> true));
    Duration answer = Duration.ofMillis(redis.answerMs());
    return new RedisSnapshots(near, client(redis, vertx), guard, answer, ageMax, clock);
  }

  private static Redis client(RedisSettings settings, Vertx vertx) {
    RedisOptions options =
        new RedisOptions()
            .setConnectionString(
                "redis://%s:%d/%d".formatted(settings.host(), settings.port(), settings.database()))
            .setMaxPoolSize(settings.maxConnections())
            .setMaxPoolWaiting(WAITING_MAX)
            .setNetClientOptions(new NetClientOptions().setConnectTimeout(settings.answerMs()));
    if (!settings.user().isBlank()) {
      options.setUser(settings.user());
    }
    if (settings.password().bytes() > 0) {
      options.setPassword(settings.password().reveal());
    }
    return Redis.createClient(vertx, options);
  }
}
