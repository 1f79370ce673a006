package dev.holdfast.workflow;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.BusyRest;
import dev.holdfast.telemetry.RunMeters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Writes changes of run rows, many in one statement: what comes while a statement is under way goes
 * with the next one. Of several changes of one run the last one counts. A change that can't be
 * written for an outage is tried again until it can. Confined to the runner's context.
 */
final class RunChanges {
  private static final BusyRest REST = new BusyRest(4, Duration.ofMillis(25));

  private record Waiting(RunRow row, Promise<Boolean> written) {
    UUID run() {
      return row.runId();
    }
  }

  private final RunnerServices services;
  private final RunnerSettings settings;
  private final RunStore store;
  private final Map<UUID, Waiting> waiting = new LinkedHashMap<>();
  private final Map<UUID, Waiting> noted = new LinkedHashMap<>();
  private final Map<String, RunMeters> meters = new HashMap<>();
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
    noted.remove(row.runId());
    waiting.put(row.runId(), new Waiting(row, written));
    flushSoon();
    return written.future();
  }

  /**
   * A change that nobody waits for: written when it has waited long enough, unless another one of
   * the run comes before; then nothing is told of this one.
   *
   * @return whether the run is still this node's, once it is written
   */
  Future<Boolean> note(RunRow row) {
    Promise<Boolean> written = Promise.promise();
    if (noted.isEmpty()) {
      services.vertx().setTimer(settings.noteAfter().toMillis(), timer -> writeNoted());
    }
    noted.put(row.runId(), new Waiting(row, written));
    return written.future();
  }

  private void writeNoted() {
    waiting.putAll(noted);
    noted.clear();
    flushSoon();
  }

  private void flushSoon() {
    if (!writing) {
      writing = true;
      services.vertx().runOnContext(turn -> flush());
    }
  }

  private void flush() {
    List<Waiting> batch = waiting.values().stream().limit(settings.updatesMax()).toList();
    if (batch.isEmpty()) {
      writing = false;
      return;
    }
    batch.forEach(change -> waiting.remove(change.run()));
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
    batch.forEach(change -> metersOf(change.row().definition()).turned());
    batch.forEach(change -> change.written().complete(ours.contains(change.run())));
    REST.after(services.vertx(), batch.size(), this::flush);
  }

  private RunMeters metersOf(String workflow) {
    return meters.computeIfAbsent(workflow, services.meters()::runs);
  }

  private void failed(List<Waiting> batch, Throwable cause) {
    if (cause instanceof Unavailable) {
      comeAgain(batch);
      services
          .vertx()
          .setTimer(1 + settings.backoff().wait(failures++).toMillis(), again -> flush());
    } else {
      batch.forEach(change -> change.written().fail(cause));
      flush();
    }
  }

  /** Before those that came meanwhile, but for what these changed anew. */
  private void comeAgain(List<Waiting> batch) {
    List<Waiting> later = new ArrayList<>(waiting.values());
    waiting.clear();
    batch.forEach(change -> waiting.put(change.run(), change));
    later.forEach(change -> waiting.put(change.run(), change));
  }
}
