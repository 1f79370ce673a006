package dev.holdfast.postgres;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's lease: who it is, under which fence it writes, and whether others may take its work.
 * Renewed on the database's clock over a pool of its own, so that load on the lanes can't cost it.
 *
 * <p>An outage longer than the lease makes {@link #held} false and true again afterwards, unless
 * another node has fenced this one off meanwhile. Once {@link #lost} it stays lost.
 */
public final class NodeLease {
  private static final Logger LOG = LoggerFactory.getLogger(NodeLease.class);

  private final Vertx vertx;
  private final Context context;
  private final Clock clock;
  private final NodeStore store;
  private final LeaseTimes times;
  private final String nodeId;
  private final long fence;
  private final Promise<Void> lost = Promise.promise();
  private volatile long renewals;
  private volatile long heldUntilNanos;
  private volatile boolean over;
  private boolean failing;

  private NodeLease(
      Vertx vertx,
      Clock clock,
      NodeStore store,
      LeaseTimes times,
      String nodeId,
      NodeStore.Taken taken,
      long heldUntilNanos) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.clock = clock;
    this.store = store;
    this.times = times;
    this.nodeId = nodeId;
    this.fence = taken.fence();
    this.renewals = taken.renewals();
    this.heldUntilNanos = heldUntilNanos;
  }

  /**
   * Takes the node's lease under a new fence, from its own former life as well, and keeps it.
   *
   * @param reserved a small pool that does nothing else under load
   * @param nodeId stable per data folder, see {@link NodeIdentity}
   */
  public static Future<NodeLease> take(
      Vertx vertx, Database reserved, Clock clock, LeaseTimes times, String nodeId) {
    NodeStore store = new NodeStore(reserved);
    long heldUntil = clock.nanoTime() + times.lease().toNanos();
    return store
        .take(Deadline.in(times.patience(), clock), nodeId, times.lease())
        .map(taken -> new NodeLease(vertx, clock, store, times, nodeId, taken, heldUntil))
        .onSuccess(lease -> lease.renewAfter(times.renewal()));
  }

  /** The same with {@link LeaseTimes#DEFAULT}. */
  public static Future<NodeLease> take(Vertx vertx, Database reserved, Clock clock, String nodeId) {
    return take(vertx, reserved, clock, LeaseTimes.DEFAULT, nodeId);
  }

  /** Who this node is. */
  public String nodeId() {
    return nodeId;
  }

  /** Greater than that of any life of any node before it. */
  public long fence() {
    return fence;
  }

  /**
   * How often this node's lease was taken or renewed in all its lives, as far as it is known to be
   * committed; any thread.
   */
  public long renewals() {
    return renewals;
  }

  /** Whether nobody may have taken this node's work yet; from any thread, and never waits. */
  public boolean held() {
    return !over && heldUntilNanos - clock.nanoTime() > 0;
  }

  /** Succeeds when another life of this node, or another node, has put an end to this fence. */
  public Future<Void> lost() {
    return lost.future();
  }

  /**
   * Writes this node's row without changing it, in a transaction of its own: fails when the
   * database takes no writes, also when it still answers questions.
   *
   * @param through the pool to be tried
   */
  public Future<Void> tryWriting(Database through, Deadline deadline) {
    return new NodeStore(through)
        .touch(deadline, nodeId, fence)
        .compose(
            touched ->
                touched
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new Unavailable(
                            OutageCodes.LEASE_LOST, "the lease of " + nodeId + " is gone")));
  }

  /**
   * Reads this node's row.
   *
   * @param through the pool to be tried
   */
  public Future<Void> tryReading(Database through, Deadline deadline) {
    return new NodeStore(through).see(deadline, nodeId);
  }

  /** Other nodes whose lease has run out: gone, paused or cut off. */
  public Future<List<ExpiredNode>> expiredNodes() {
    return store.expired(patience(), nodeId);
  }

  /**
   * Makes sure that a node seen expired can't renew that lease any more: when it wakes up it learns
   * that it has lost it. To be done before its work is taken.
   *
   * @return false when it has come back, or somebody else was quicker
   */
  public Future<Boolean> fenceOff(ExpiredNode node) {
    return store.fenceOff(patience(), node);
  }

  /** Lets it run out now, so that others need not wait; fails when the database can't be told. */
  public Future<Void> release() {
    over = true;
    return store.release(patience(), nodeId, fence).mapEmpty();
  }

  private void renewAfter(Duration time) {
    if (!over) {
      context.runOnContext(v -> vertx.setTimer(time.toMillis(), id -> renew()));
    }
  }

  private void renew() {
    if (over) {
      return;
    }
    long heldUntil = clock.nanoTime() + times.lease().toNanos();
    store
        .renew(patience(), nodeId, fence, times.lease())
        .onComplete(
            (renewed, failure) -> {
              if (failure != null) {
                failed(failure);
              } else if (renewed.isPresent()) {
                renewals = renewed.getAsLong();
                kept(heldUntil);
              } else {
                lose();
              }
            });
  }

  private void kept(long heldUntil) {
    heldUntilNanos = heldUntil;
    if (failing) {
      failing = false;
      LOG.info("node {} renews its lease again", nodeId);
    }
    renewAfter(times.renewal());
  }

  private void failed(Throwable failure) {
    if (!failing) {
      failing = true;
      LOG.warn("node {} can't renew its lease: {}", nodeId, failure.getMessage());
    }
    renewAfter(times.retry());
  }

  private void lose() {
    if (!over) {
      over = true;
      LOG.warn("node {} has lost its lease under fence {}", nodeId, fence);
      lost.complete();
    }
  }

  private Deadline patience() {
    return Deadline.in(times.patience(), clock);
  }
}
