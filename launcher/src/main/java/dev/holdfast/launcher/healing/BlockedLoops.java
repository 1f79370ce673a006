package dev.holdfast.launcher.healing;

import dev.holdfast.agent.AgentHost;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.launcher.servers.Databases;
import dev.holdfast.supervision.LoopListener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done about blocked event loops besides starting their agents anew: hosts leave them, and
 * the back ends that work for them are ended, which frees their locks.
 */
public final class BlockedLoops implements LoopListener {
  private static final Logger LOG = LoggerFactory.getLogger(BlockedLoops.class);
  private static final Duration WITHIN = Duration.ofSeconds(2);

  private final Collection<AgentHost> hosts;
  private final Databases databases;
  private final Clock clock;
  private final Promise<Void> hopeless = Promise.promise();

  public BlockedLoops(Collection<AgentHost> hosts, Databases databases, Clock clock) {
    this.hosts = hosts;
    this.databases = databases;
    this.clock = clock;
  }

  @Override
  public void blocked(Thread loop, Duration silence) {
    hosts.forEach(host -> host.leave(loop));
    List<Integer> pids = new ArrayList<>(databases.lanes().backEndsOf(loop));
    pids.addAll(databases.queries().backEndsOf(loop));
    if (!pids.isEmpty()) {
      databases
          .reserved()
          .endBackEnds(Deadline.in(WITHIN, clock), pids)
          .onSuccess(ended -> LOG.warn("{} back ends of {} were ended", ended, loop.getName()))
          .onFailure(
              cause -> LOG.warn("back ends of {} could not be ended", loop.getName(), cause));
    }
  }

  @Override
  public void hopeless() {
    hopeless.tryComplete();
  }

  /** Succeeds when so many loops are blocked that the process had better be started anew. */
  public Future<Void> beyondHope() {
    return hopeless.future();
  }
}
