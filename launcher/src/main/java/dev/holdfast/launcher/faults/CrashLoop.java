package dev.holdfast.launcher.faults;

import dev.holdfast.agent.AgentHost;
import dev.holdfast.chaos.Injector;
import dev.holdfast.kernel.Clock;
import dev.holdfast.supervision.ChildState;
import dev.holdfast.supervision.Intensity;
import dev.holdfast.supervision.Supervisor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Crashes an agent again and again, each life as soon as it is proven well and has work: so each
 * rung of its ladder is climbed and proven. Leaves off when one crash more would park it. Lives on
 * the loop of the faults.
 */
final class CrashLoop implements Injector.Ending {
  private static final Logger LOG = LoggerFactory.getLogger(CrashLoop.class);
  private static final Duration EVERY = Duration.ofMillis(20);

  /** A life that has no work by then crashes without. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Supervisor supervisor;
  private final AgentHost host;
  private final Intensity limit;
  private final Clock clock;
  private final long timer;
  private long crashed = -1;
  private long seen = -1;
  private long seenAt;

  /**
   * Begins.
   *
   * @param limit how many crashes the agent may have
   */
  CrashLoop(Vertx vertx, Supervisor supervisor, AgentHost host, Intensity limit, Clock clock) {
    this.vertx = vertx;
    this.supervisor = supervisor;
    this.host = host;
    this.limit = limit;
    this.clock = clock;
    this.timer = vertx.setPeriodic(EVERY.toMillis(), tick -> look());
  }

  private void look() {
    ChildState now = supervisor.state().child(host.name()).orElseThrow();
    if (!now.isWell() || now.epoch() == crashed) {
      return;
    }
    if (now.epoch() != seen) {
      seen = now.epoch();
      seenAt = clock.nanoTime();
    }
    boolean waitedLong = clock.nanoTime() - seenAt > PATIENCE.toNanos();
    if (host.isIdle() && !waitedLong) {
      return;
    }
    if (falls() >= limit.crashes()) {
      vertx.cancelTimer(timer);
      return;
    }
    crashed = now.epoch();
    supervisor
        .crash(host.name())
        .onFailure(cause -> LOG.warn("{} did not crash: {}", host.name(), cause.toString()));
  }

  /** As the agent's ladder counts them: every fall has an incident. */
  private long falls() {
    Instant since = clock.now().minus(limit.within());
    return supervisor.incidents().stream()
        .filter(incident -> incident.child().equals(host.name()))
        .filter(incident -> incident.times().detectedAt().isAfter(since))
        .count();
  }

  @Override
  public Future<Void> end() {
    vertx.cancelTimer(timer);
    return Future.succeededFuture();
  }
}
