package dev.holdfast.agent;

import io.vertx.core.Vertx;

/**
 * When a lane begins its next batch: at once, or, when the last one was busy, after a rest as long
 * as that one took. More commands then share a transaction, and a lone one never waits. Confined to
 * the lane's context.
 */
final class LanePace {
  private final Vertx vertx;
  private final LaneSettings settings;
  private long restMs;
  private boolean resting;

  LanePace(Vertx vertx, LaneSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
  }

  /**
   * A batch was committed.
   *
   * @param commands that it had
   * @param nanos that it took
   */
  void committed(int commands, long nanos) {
    long tookMs = Math.min(settings.gatherMax().toMillis(), nanos / 1_000_000);
    restMs = commands < settings.gatherFrom() ? 0 : tookMs;
  }

  /**
   * Whether the lane rests now.
   *
   * @param again called when it has rested
   */
  boolean rests(Runnable again) {
    if (restMs > 0 && !resting) {
      resting = true;
      vertx.setTimer(restMs, timer -> rested(again));
    }
    return restMs > 0;
  }

  private void rested(Runnable again) {
    resting = false;
    restMs = 0;
    again.run();
  }
}
