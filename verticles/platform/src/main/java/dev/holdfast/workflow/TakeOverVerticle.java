package dev.holdfast.workflow;

import dev.holdfast.postgres.ExpiredNode;
import dev.holdfast.postgres.NodeLease;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for nodes whose lease ran out by the database's clock, fences them off, and has this node
 * go on with their runs. A node counts as gone when two looks in a row saw the same lease expired,
 * so that after an outage of the database, which lets every lease run out, each has time to renew
 * its own. Only a node that holds its own lease looks.
 *
 * <p>Nothing else has to be taken over: the outbox is claimed by its relay, timers and
 * reconciliation are asked by every node under ids that do not depend on the node.
 */
public final class TakeOverVerticle extends VerticleBase {
  /** From one look to the next; a living node renews its lease in between. */
  public static final Duration EVERY = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(TakeOverVerticle.class);

  private final NodeLease lease;
  private final WorkflowRunner runner;
  private final Duration every;
  private final Runnable taken;
  private Set<ExpiredNode> seenBefore = Set.of();
  private boolean looking;

  /**
   * @param taken told after something was taken, for what else this node remembers of its own work
   *     alone
   */
  public TakeOverVerticle(NodeLease lease, WorkflowRunner runner, Duration every, Runnable taken) {
    this.lease = lease;
    this.runner = runner;
    this.every = every;
    this.taken = taken;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(every.toMillis(), tick -> look());
    return Future.succeededFuture();
  }

  private void look() {
    if (!lease.held()) {
      seenBefore = Set.of();
    } else if (!looking) {
      looking = true;
      lease
          .expiredNodes()
          .compose(this::replace)
          .onFailure(
              cause -> LOG.info("nodes that are gone were not replaced: {}", cause.toString()))
          .onComplete(done -> looking = false);
    }
  }

  private Future<Void> replace(List<ExpiredNode> expired) {
    List<ExpiredNode> gone = expired.stream().filter(seenBefore::contains).toList();
    seenBefore = Set.copyOf(expired);
    if (gone.isEmpty()) {
      return Future.succeededFuture();
    }
    Set<String> names = gone.stream().map(ExpiredNode::nodeId).collect(Collectors.toSet());
    return runner
        .owners(names)
        .compose(
            owners ->
                fenceOff(gone.stream().filter(node -> owners.contains(node.nodeId())).toList()))
        .compose(this::takeOver);
  }

  /** Those that can't come back under their lease any more, and that nobody else replaces. */
  private Future<Set<String>> fenceOff(List<ExpiredNode> gone) {
    Set<String> fenced = new HashSet<>();
    Future<Void> all = Future.succeededFuture();
    for (ExpiredNode node : gone) {
      all =
          all.compose(done -> lease.fenceOff(node))
              .onSuccess(
                  off -> {
                    if (off) {
                      fenced.add(node.nodeId());
                    }
                  })
              .mapEmpty();
    }
    return all.map(fenced);
  }

  private Future<Void> takeOver(Set<String> nodes) {
    if (nodes.isEmpty()) {
      return Future.succeededFuture();
    }
    LOG.warn("nodes {} are gone, this node goes on with their runs", nodes);
    return runner.takeOver(nodes).onSuccess(done -> taken.run());
  }
}
