package dev.holdfast.launcher.fallback;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.holdfast.guard.GuardState.State;
import dev.holdfast.guard.Guards;
import dev.holdfast.journal.LocalSnapshots;
import dev.holdfast.journal.RedisSnapshots;
import dev.holdfast.journal.Snapshot;
import dev.holdfast.journal.SnapshotCache;
import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Vertx;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("E-091")
class SnapshotPartsTest {
  private static final Clock CLOCK = Clock.system();

  private final Vertx vertx = Vertx.vertx();
  private final Guards guards = new Guards(vertx, CLOCK, new Meters());

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private SnapshotCache of(Settings settings) {
    return SnapshotParts.of(settings, vertx, guards, new Meters(), CLOCK);
  }

  @Test
  void unless_told_otherwise_there_is_no_redis() {
    assertInstanceOf(LocalSnapshots.class, of(Settings.shipped()));
    assertEquals(Optional.empty(), guards.find(SnapshotParts.GUARD));
  }

  @Test
  void a_redis_that_was_never_there_leaves_memory_as_it_is() throws Exception {
    int nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = free.getLocalPort();
    }
    Settings shipped = Settings.shipped();
    SnapshotCache snapshots = of(shipped.with(shipped.redis().at("127.0.0.1", nobody)));
    assertInstanceOf(RedisSnapshots.class, snapshots);
    snapshots.keep("product/1/cup", "a cup");
    assertEquals(Optional.of("a cup"), find(snapshots, "product/1/cup"));
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(
            () -> {
              assertEquals(Optional.empty(), find(snapshots, "product/1/mug"));
              return guards.find(SnapshotParts.GUARD).orElseThrow().state().state() == State.OPEN;
            });
    assertEquals(Optional.of("a cup"), find(snapshots, "product/1/cup"));
  }

  private static Optional<String> find(SnapshotCache snapshots, String key) throws Exception {
    return snapshots.find(key, String.class).await(5, TimeUnit.SECONDS).map(Snapshot::value);
  }
}
