package dev.holdfast.workflow;

import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Waiting for the answers of runs. A run of this process tells at once; the row is looked at as
 * well, because the run may be another node's or may have answered before. Thread-safe.
 */
public final class Milestones {
  /** After which an answer that nobody told is looked up, and again until the time is over. */
  private static final Duration LOOK = Duration.ofMillis(250);

  private final RunnerServices services;
  private final RunStore store = new RunStore();
  private final ConcurrentMap<UUID, Promise<Milestone>> awaited = new ConcurrentHashMap<>();

  public Milestones(RunnerServices services) {
    this.services = services;
  }

  /**
   * The answer of a run, or empty when it has none by the deadline.
   *
   * @param asked whether the run may have answered before, so that its row is looked at first
   */
  public Future<Optional<Milestone>> await(UUID run, boolean asked, Deadline deadline) {
    Promise<Milestone> told = awaited.computeIfAbsent(run, id -> Promise.promise());
    Promise<Optional<Milestone>> answer = Promise.promise();
    told.future().onSuccess(milestone -> answer.tryComplete(Optional.of(milestone)));
    look(run, deadline, answer, asked ? 1 : LOOK.toMillis());
    return answer.future().onComplete(end -> awaited.remove(run, told));
  }

  private void look(
      UUID run, Deadline deadline, Promise<Optional<Milestone>> answer, long afterMillis) {
    long left = deadline.remainingMillis(services.clock());
    if (left == 0) {
      answer.tryComplete(Optional.empty());
      return;
    }
    services
        .vertx()
        .setTimer(
            Math.min(left, afterMillis),
            timer -> {
              if (!answer.future().isComplete()) {
                read(run, deadline, answer);
              }
            });
  }

  private void read(UUID run, Deadline deadline, Promise<Optional<Milestone>> answer) {
    if (deadline.passed(services.clock())) {
      answer.tryComplete(Optional.empty());
      return;
    }
    store
        .milestone(services.database(), deadline, run)
        .onComplete(
            read -> {
              if (read.succeeded() && read.result().isPresent()) {
                answer.tryComplete(read.result());
              } else {
                look(run, deadline, answer, LOOK.toMillis());
              }
            });
  }

  /** Tells whoever waits. */
  void reached(UUID run, Milestone milestone) {
    Promise<Milestone> waiting = awaited.remove(run);
    if (waiting != null) {
      waiting.tryComplete(milestone);
    }
  }
}
