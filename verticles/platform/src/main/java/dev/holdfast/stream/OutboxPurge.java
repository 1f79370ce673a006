package dev.holdfast.stream;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets sent rows, a whole day at once and hourly asked for; until then they can be told again.
 */
final class OutboxPurge {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxPurge.class);
  private static final long EVERY_MS = Duration.ofHours(1).toMillis();

  /** Not in the rush of a start. */
  private static final long FIRST_MS = Duration.ofMinutes(1).toMillis();

  private static final Duration QUERY_LIMIT = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final OutboxStore store;
  private final Clock clock;
  private long timer;

  OutboxPurge(Vertx vertx, OutboxStore store, Clock clock) {
    this.vertx = vertx;
    this.store = store;
    this.clock = clock;
  }

  void start() {
    timer = vertx.setPeriodic(FIRST_MS, EVERY_MS, due -> forget());
  }

  private void forget() {
    store
        .forget(Deadline.in(QUERY_LIMIT, clock))
        .onSuccess(
            forgotten -> {
              if (forgotten) {
                LOG.info("events that were sent eight days ago are forgotten");
              }
            })
        .onFailure(failure -> LOG.info("old sent events stay for now: {}", failure.toString()));
  }

  void stop() {
    vertx.cancelTimer(timer);
  }
}
