package dev.holdfast.alert;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the states of alerts and deliveries into the database: the latest of each, in the order in
 * which they came. While the database is away they wait here. One context.
 */
final class AlertWriter {
  /** Alerts, and as many deliveries, that may wait; the oldest of them is left out beyond it. */
  static final int WAITING_MAX = 10_000;

  /** How many of each are written in one transaction. */
  private static final int BATCH = 200;

  private static final Duration WITHIN = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(AlertWriter.class);

  private final AlertStore store;
  private final Clock clock;
  private final Map<UUID, Alert> alerts = new LinkedHashMap<>();
  private final Map<UUID, Delivery> deliveries = new LinkedHashMap<>();
  private boolean busy;

  /** Everybody who comes while others write shares the next: an outage makes no queue of them. */
  private Promise<Void> next;

  AlertWriter(AlertStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  void put(Alert alert) {
    put(alerts, alert.id(), alert);
  }

  void put(Delivery delivery) {
    put(deliveries, delivery.id(), delivery);
  }

  private static <T> void put(Map<UUID, T> waiting, UUID id, T state) {
    waiting.put(id, state);
    if (waiting.size() > WAITING_MAX) {
      UUID oldest = waiting.keySet().iterator().next();
      LOG.error("{} is left out of the database: too much waits", waiting.remove(oldest));
    }
  }

  /** How many states wait to be written. */
  int size() {
    return alerts.size() + deliveries.size();
  }

  /**
   * Writes all that waits now. Succeeds as well when it could not be written in two seconds, or
   * four when others are being written; then it goes on waiting.
   */
  Future<Void> flush() {
    if (busy) {
      next = next == null ? Promise.promise() : next;
      return next.future();
    }
    Promise<Void> first = Promise.promise();
    begin(first);
    return first.future();
  }

  private void begin(Promise<Void> one) {
    busy = true;
    writeAll().onComplete(written -> ended(one));
  }

  /** Whoever came first hears first. */
  private void ended(Promise<Void> one) {
    one.complete();
    if (next == null) {
      busy = false;
    } else {
      Promise<Void> after = next;
      next = null;
      begin(after);
    }
  }

  private Future<Void> writeAll() {
    if (size() == 0) {
      return Future.succeededFuture();
    }
    Map<UUID, Alert> first = first(alerts);
    Map<UUID, Delivery> told = first(deliveries);
    return store
        .write(first.values(), told.values(), Deadline.in(WITHIN, clock))
        .onFailure(cause -> LOG.debug("alerts wait to be written: {}", cause.toString()))
        .compose(
            done -> {
              first.forEach(alerts::remove);
              told.forEach(deliveries::remove);
              return writeAll();
            });
  }

  private static <T> Map<UUID, T> first(Map<UUID, T> waiting) {
    Map<UUID, T> first = new LinkedHashMap<>();
    for (Map.Entry<UUID, T> entry : waiting.entrySet()) {
      if (first.size() == BATCH) {
        break;
      }
      first.put(entry.getKey(), entry.getValue());
    }
    return first;
  }
}
