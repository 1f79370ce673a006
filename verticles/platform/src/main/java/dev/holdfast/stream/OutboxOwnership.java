package dev.holdfast.stream;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether this node tells the outbox, as far as it knows, and how far it is told. What it knows may
 * be old: a position is kept under the fence alone. Used on one context.
 */
public final class OutboxOwnership {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(3);
  private static final Duration QUERY_LIMIT = Duration.ofSeconds(3);

  private final OutboxPositionStore store;
  private final Supplier<Optional<OutboxOwner>> self;
  private final Clock clock;
  private volatile Optional<Owned> known = Optional.empty();
  private long lookAgainNanos;

  /**
   * The outbox in this node's hand.
   *
   * @param owner under which it was taken
   */
  record Owned(OutboxOwner owner, OutboxPosition position) {}

  /**
   * @param self this node and the fence of its lease; empty while it holds none
   */
  public OutboxOwnership(Database database, Supplier<Optional<OutboxOwner>> self, Clock clock) {
    this.store = new OutboxPositionStore(database);
    this.self = self;
    this.clock = clock;
  }

  /**
   * Claims the outbox when it is nobody's, an earlier life's of this node, or a node's whose lease
   * ran out. Looked at again now and then and when the fence has changed.
   *
   * @return empty when another node tells it, or while this one holds no lease
   */
  Future<Optional<Owned>> current() {
    Optional<OutboxOwner> owner = self.get();
    if (owner.isEmpty()) {
      known = Optional.empty();
      return Future.succeededFuture(known);
    }
    return isKnown(owner.get()) && clock.nanoTime() - lookAgainNanos < 0
        ? Future.succeededFuture(known)
        : take(owner.get());
  }

  private boolean isKnown(OutboxOwner owner) {
    return known.filter(owned -> owned.owner().equals(owner)).isPresent();
  }

  /**
   * What is kept counts: it may have been told by another node meanwhile, or be the row of an older
   * backup. Where it is as this node knows it, this node also knows the numbers of its gaps.
   */
  private Future<Optional<Owned>> take(OutboxOwner owner) {
    return store
        .take(owner, Deadline.in(QUERY_LIMIT, clock))
        .map(
            kept -> {
              boolean same = isKnown(owner) && kept.filter(this::isAsKnown).isPresent();
              known = same ? known : kept.map(position -> new Owned(owner, position));
              lookAgainNanos = clock.nanoTime() + LOOK_AGAIN.toNanos();
              return known;
            });
  }

  /**
   * The outbox is told as far as this. Kept only when there is something new; forgotten, with all
   * that is known, when it is somebody else's by now or no longer stands where it stood.
   */
  Future<Void> keep(Owned told, Deadline deadline) {
    if (known.isEmpty()) {
      return Future.succeededFuture();
    }
    if (isAsKnown(told.position()) && !told.position().lacksNumbers()) {
      known = Optional.of(told);
      return Future.succeededFuture();
    }
    return store
        .keep(known.get().position(), told.position(), told.owner(), deadline)
        .map(
            number -> {
              known = number.map(own -> new Owned(told.owner(), told.position().numbered(own)));
              return null;
            });
  }

  private boolean isAsKnown(OutboxPosition position) {
    return known.filter(before -> before.position().isKeptAs(position)).isPresent();
  }

  /** Whether this node tells the outbox, as far as it knew last. From any thread. */
  boolean lastKnown() {
    return known.isPresent();
  }
}
