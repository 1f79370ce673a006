package dev.holdfast.stream;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The lanes that this node may relay, as far as it knows. What it knows may be old: every move is
 * guarded by the fence in the database. Used on one context.
 */
public final class OutboxLanes {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(3);
  private static final Duration QUERY_LIMIT = Duration.ofSeconds(3);

  private final OutboxLaneStore store;
  private final Supplier<Optional<LaneOwner>> self;
  private final Clock clock;
  private volatile Owned known = Owned.NOTHING;
  private long lookAgainNanos;

  /**
   * Lanes and whose they are.
   *
   * @param owner under which they were taken, or null when there are none
   */
  record Owned(LaneOwner owner, Set<Integer> lanes) {
    static final Owned NOTHING = new Owned(null, Set.of());
  }

  /**
   * @param self this node and the fence of its lease; empty while it holds none
   */
  public OutboxLanes(Database database, Supplier<Optional<LaneOwner>> self, Clock clock) {
    this.store = new OutboxLaneStore(database);
    this.self = self;
    this.clock = clock;
  }

  /**
   * Claims all lanes that are free, that an earlier life of this node had, or that belong to a node
   * whose lease ran out.
   *
   * @return the lanes that this node has then; none while it holds no lease
   */
  public Future<Set<Integer>> take() {
    return current(true).map(Owned::lanes);
  }

  /** What is known, looked at again now and then and when the fence has changed. */
  Future<Owned> current() {
    return current(false);
  }

  private Future<Owned> current(boolean anew) {
    Optional<LaneOwner> owner = self.get();
    if (owner.isEmpty()) {
      known = Owned.NOTHING;
      return Future.succeededFuture(known);
    }
    boolean fresh = owner.get().equals(known.owner()) && clock.nanoTime() - lookAgainNanos < 0;
    return fresh && !anew ? Future.succeededFuture(known) : take(owner.get());
  }

  private Future<Owned> take(LaneOwner owner) {
    return store
        .take(owner, Deadline.in(QUERY_LIMIT, clock))
        .map(
            lanes -> {
              known = new Owned(owner, Set.copyOf(lanes));
              lookAgainNanos = clock.nanoTime() + LOOK_AGAIN.toNanos();
              return known;
            });
  }

  /** A move did not take: somebody else has a lane by now. */
  void doubt() {
    known = Owned.NOTHING;
  }

  /** The lanes last known to be ours. */
  Set<Integer> lastKnown() {
    return known.lanes();
  }
}
