package dev.holdfast.stream;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes rows a week after they were sent; until then they can be told again. */
final class OutboxPurge {
  static final Duration KEEP = Duration.ofDays(7);

  private static final Logger LOG = LoggerFactory.getLogger(OutboxPurge.class);
  private static final int ROWS_MAX = 2_000;
  private static final int EVERY_MS = 60_000;
  private static final int NEXT_BATCH_MS = 200;
  private static final Duration QUERY_LIMIT = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final OutboxStore store;
  private final Clock clock;
  private long timer;
  private boolean stopped;

  OutboxPurge(Vertx vertx, OutboxStore store, Clock clock) {
    this.vertx = vertx;
    this.store = store;
    this.clock = clock;
  }

  void start() {
    in(EVERY_MS);
  }

  private void in(long ms) {
    if (!stopped) {
      timer = vertx.setTimer(ms, due -> batch());
    }
  }

  private void batch() {
    store
        .purge(clock.now().minus(KEEP), ROWS_MAX, Deadline.in(QUERY_LIMIT, clock))
        .onSuccess(deleted -> in(deleted == ROWS_MAX ? NEXT_BATCH_MS : EVERY_MS))
        .onFailure(
            failure -> {
              LOG.info("old outbox rows stay for now: {}", failure.toString());
              in(EVERY_MS);
            });
  }

  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }
}
