package dev.holdfast.workflow;

import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Waiting for the answers of runs. A run of this process tells at once; the rows are looked at as
 * well, all that are awaited in one statement, because a run may be another node's or may have
 * answered before. Thread-safe.
 */
public final class Milestones {
  /** How often the rows of awaited runs are looked at. */
  private static final Duration LOOK = Duration.ofMillis(250);

  /** How many runs are looked up in one statement. */
  private static final int LOOKED_UP_MAX = 2_000;

  /** The last answers, for who comes after them: their rows may not be written yet. */
  private static final int RECENT_MAX = 1_024;

  private final RunnerServices services;
  private final RunStore store = new RunStore();
  private final ConcurrentMap<UUID, Awaited> awaited = new ConcurrentHashMap<>();
  private final Map<UUID, Milestone> recent = Collections.synchronizedMap(new Recent());
  private final AtomicBoolean looking = new AtomicBoolean();

  private static final class Recent extends LinkedHashMap<UUID, Milestone> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<UUID, Milestone> eldest) {
      return size() > RECENT_MAX;
    }
  }

  /**
   * A run's answer, and how many wait for it: who gives up leaves the others waiting. A value; the
   * map replaces it.
   */
  private record Awaited(Promise<Milestone> told, int waiters) {
    static Awaited join(Awaited there) {
      return there == null
          ? new Awaited(Promise.promise(), 1)
          : new Awaited(there.told, there.waiters + 1);
    }

    /** What remains when one who waits for this promise goes; null when nobody does. */
    Awaited without(Promise<Milestone> promise) {
      if (told != promise) {
        return this;
      }
      return waiters == 1 ? null : new Awaited(told, waiters - 1);
    }
  }

  public Milestones(RunnerServices services) {
    this.services = services;
  }

  /**
   * The answer of a run, or empty when it has none by the deadline.
   *
   * @param asked whether the run may have answered before, so that its row is looked at first
   */
  public Future<Optional<Milestone>> await(UUID run, boolean asked, Deadline deadline) {
    Promise<Milestone> told = awaited.compute(run, (id, there) -> Awaited.join(there)).told();
    Promise<Optional<Milestone>> answer = Promise.promise();
    long late =
        services
            .vertx()
            .setTimer(
                Math.max(1, deadline.remainingMillis(services.clock())),
                timer -> answer.tryComplete(Optional.empty()));
    told.future().onSuccess(milestone -> answer.tryComplete(Optional.of(milestone)));
    Milestone known = recent.get(run);
    if (known != null) {
      tell(run, known);
    } else if (asked) {
      look(List.of(run)).onComplete(done -> lookSoon());
    } else {
      lookSoon();
    }
    return answer
        .future()
        .onComplete(
            end -> {
              services.vertx().cancelTimer(late);
              if (end.result().isEmpty()) {
                awaited.computeIfPresent(run, (id, there) -> there.without(told));
              }
            });
  }

  /** Looks at all awaited runs now and then, for as long as there are any. */
  private void lookSoon() {
    if (!awaited.isEmpty() && looking.compareAndSet(false, true)) {
      services.vertx().setTimer(LOOK.toMillis(), timer -> lookAtAll());
    }
  }

  private void lookAtAll() {
    List<UUID> runs = awaited.keySet().stream().limit(LOOKED_UP_MAX).toList();
    look(runs)
        .onComplete(
            done -> {
              looking.set(false);
              lookSoon();
            });
  }

  private Future<Map<UUID, Milestone>> look(List<UUID> runs) {
    if (runs.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return store
        .milestones(services.database(), Deadline.in(LOOK.multipliedBy(8), services.clock()), runs)
        .onSuccess(found -> found.forEach(this::tell));
  }

  /** Tells whoever waits, and whoever comes soon. */
  void reached(UUID run, Milestone milestone) {
    recent.put(run, milestone);
    tell(run, milestone);
  }

  private void tell(UUID run, Milestone milestone) {
    Awaited waiting = awaited.remove(run);
    if (waiting != null) {
      waiting.told().tryComplete(milestone);
    }
  }
}
