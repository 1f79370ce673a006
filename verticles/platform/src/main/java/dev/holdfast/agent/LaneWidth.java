package dev.holdfast.agent;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How much of a host's lane is used: what its configuration says, a few transactions more while it
 * has too much to do, or one command at a time while one is suspected. Changed on the host's
 * context alone.
 */
final class LaneWidth {
  private final Vertx vertx;
  private volatile LaneSettings configured;
  private volatile int more;
  private long careful;

  LaneWidth(Vertx vertx, LaneSettings configured) {
    this.vertx = vertx;
    this.configured = configured;
  }

  /** What the configuration says. Any thread. */
  LaneSettings configured() {
    return configured;
  }

  /** Transactions beyond what the configuration says. Any thread. */
  int more() {
    return more;
  }

  /** What holds when nothing is suspected. Any thread. */
  LaneSettings usual() {
    LaneSettings its = configured;
    return its.withBatches(its.batchCommandsMax(), its.connectionsMax() + more);
  }

  void configure(LaneSettings limits, Consumer<LaneSettings> lane) {
    configured = limits;
    apply(lane);
  }

  void widen(int transactions, Consumer<LaneSettings> lane) {
    more = transactions;
    apply(lane);
  }

  /** One command at a time for a while; a second wish begins the time anew. */
  void beCareful(Duration time, Consumer<LaneSettings> lane) {
    vertx.cancelTimer(careful);
    lane.accept(configured.careful());
    careful =
        vertx.setTimer(
            time.toMillis(),
            over -> {
              careful = 0;
              apply(lane);
            });
  }

  private void apply(Consumer<LaneSettings> lane) {
    if (careful == 0) {
      lane.accept(usual());
    }
  }
}
