package dev.holdfast.workflow;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Writes changes of run rows, many in one statement: what comes while a statement is under way goes
 * with the next one. A change that can't be written for an outage is tried again until it can.
 * Confined to the runner's context.
 */
final class RunChanges {
  /** After so many changes it rests, so that the next statement carries no fewer. */
  private static final int BUSY_FROM = 4;

  private static final long REST_MS = 5;

  private record Waiting(RunRow row, Promise<Boolean> written) {}

  private final RunnerServices services;
  private final RunnerSettings settings;
  private final RunStore store;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private boolean writing;
  private int failures;

  RunChanges(RunnerServices services, RunnerSettings settings, RunStore store) {
    this.services = services;
    this.settings = settings;
    this.store = store;
  }

  /** Completes with whether the run is still this node's, once it is written. */
  Future<Boolean> write(RunRow row) {
    Promise<Boolean> written = Promise.promise();
    waiting.add(new Waiting(row, written));
    if (!writing) {
      writing = true;
      services.vertx().runOnContext(turn -> flush());
    }
    return written.future();
  }

  private void flush() {
    List<Waiting> batch = new ArrayList<>();
    while (!waiting.isEmpty() && batch.size() < settings.updatesMax()) {
      batch.add(waiting.poll());
    }
    if (batch.isEmpty()) {
      writing = false;
      return;
    }
    Deadline deadline = Deadline.in(settings.databaseDeadline(), services.clock());
    List<RunRow> rows = batch.stream().map(Waiting::row).toList();
    services.points().before("runs");
    store
        .change(
            services.database(),
            deadline,
            services.node(),
            services.fence().getAsLong(),
            rows,
            services.clock().now())
        .onSuccess(ours -> written(batch, ours))
        .onFailure(cause -> failed(batch, cause));
  }

  private void written(List<Waiting> batch, Set<UUID> ours) {
    failures = 0;
    services.points().after("runs");
    batch.forEach(change -> change.written().complete(ours.contains(change.row().runId())));
    if (batch.size() < BUSY_FROM) {
      flush();
    } else {
      services.vertx().setTimer(REST_MS, rested -> flush());
    }
  }

  private void failed(List<Waiting> batch, Throwable cause) {
    if (cause instanceof Unavailable) {
      for (int last = batch.size() - 1; last >= 0; last--) {
        waiting.addFirst(batch.get(last));
      }
      services
          .vertx()
          .setTimer(1 + settings.backoff().wait(failures++).toMillis(), again -> flush());
    } else {
      batch.forEach(change -> change.written().fail(cause));
      flush();
    }
  }
}
