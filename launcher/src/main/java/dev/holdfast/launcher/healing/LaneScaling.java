package dev.holdfast.launcher.healing;

import dev.holdfast.agent.AgentHost;
import dev.holdfast.kernel.Clock;
import dev.holdfast.postgres.PoolFigures;
import dev.holdfast.recovery.LaneLoad;
import dev.holdfast.recovery.Reaction;
import dev.holdfast.recovery.ReactionName;
import dev.holdfast.recovery.ScalingPolicy;
import dev.holdfast.recovery.ScalingRules;
import dev.holdfast.telemetry.LaneMeters;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Widens the lane of an agent that has too much to do, by transactions at the same time, while the
 * pool has connections to spare; and narrows it again when nothing waited for long. An agent has
 * one instance, whatever its load: decisions cost little, and transactions are what it waits for.
 */
final class LaneScaling {
  private final Map<String, Gauge> gauges = new HashMap<>();
  private final ScalingPolicy policy;
  private final Supplier<PoolFigures> pool;
  private final Function<String, Optional<String>> unwell;
  private final Clock clock;

  /**
   * @param pool the connections that lanes share
   * @param unwell why an agent is not to be touched now: it is being started anew, say
   */
  LaneScaling(
      Collection<AgentHost> hosts,
      Meters meters,
      Supplier<PoolFigures> pool,
      Function<String, Optional<String>> unwell,
      ScalingPolicy policy,
      Clock clock) {
    this.policy = policy;
    this.pool = pool;
    this.unwell = unwell;
    this.clock = clock;
    hosts.forEach(host -> gauges.put(host.name(), new Gauge(host, meters.lane(host.name()))));
  }

  /** Both ways; to be asked together, since they share what they see. */
  List<Reaction> reactions() {
    return List.of(new Wider(), new Narrower());
  }

  /** What is seen of one agent's lane. */
  private final class Gauge {
    private final AgentHost host;
    private final LaneMeters meters;
    private final Deque<LaneLoad> looks = new ArrayDeque<>();
    private long lookedAt = clock.nanoTime();
    private long busyAt = lookedAt;
    private long done;
    private long batches;
    private double batchSeconds;
    private LaneLoad before;

    Gauge(AgentHost host, LaneMeters meters) {
      this.host = host;
      this.meters = meters;
    }

    void look(PoolFigures figures) {
      long now = clock.nanoTime();
      double seconds = Math.max(1, now - lookedAt) / (double) TimeUnit.SECONDS.toNanos(1);
      long doneNow = host.answered();
      long batchesNow = meters.batches();
      double secondsNow = meters.batchSeconds();
      long some = batchesNow - batches;
      looks.addLast(
          new LaneLoad(
              host.waiting(),
              (doneNow - done) / seconds,
              some == 0 ? 0 : 1_000 * (secondsNow - batchSeconds) / some,
              figures.size() - figures.inUse(),
              figures.waiting(),
              host.widened()));
      if (looks.size() > policy.looks()) {
        looks.removeFirst();
      }
      busyAt = looks.getLast().waiting() > 0 ? now : busyAt;
      lookedAt = now;
      done = doneNow;
      batches = batchesNow;
      batchSeconds = secondsNow;
    }

    LaneLoad latest() {
      return looks.getLast();
    }

    Optional<String> tooMuch() {
      return ScalingRules.tooMuch(new ArrayList<>(looks), policy);
    }

    boolean isIdle() {
      return lookedAt - busyAt >= policy.idle().toNanos();
    }

    Future<String> widen(int by) {
      before = latest();
      int more = Math.max(0, host.widened() + by);
      host.widen(more);
      return Future.succeededFuture(more + " transactions beyond its configuration");
    }
  }

  /** More transactions at the same time. */
  private final class Wider implements Reaction {
    @Override
    public ReactionName name() {
      return ReactionName.SCALE_UP;
    }

    @Override
    public Collection<String> targets() {
      return gauges.keySet();
    }

    @Override
    public void look() {
      PoolFigures figures = pool.get();
      gauges.values().forEach(gauge -> gauge.look(figures));
    }

    @Override
    public Optional<String> trigger(String target) {
      return gauges.get(target).tooMuch();
    }

    @Override
    public Optional<String> refusal(String target) {
      return unwell
          .apply(target)
          .or(() -> ScalingRules.refusal(gauges.get(target).latest(), policy));
    }

    @Override
    public Future<String> act(String target) {
      return gauges.get(target).widen(policy.step());
    }

    @Override
    public boolean isProven(String target) {
      Gauge gauge = gauges.get(target);
      return ScalingRules.hasHelped(gauge.before, gauge.latest(), policy);
    }

    @Override
    public Future<String> takeBack(String target) {
      return gauges.get(target).widen(-policy.step());
    }
  }

  /** Back to the configuration, step by step. */
  private final class Narrower implements Reaction {
    @Override
    public ReactionName name() {
      return ReactionName.SCALE_DOWN;
    }

    @Override
    public Collection<String> targets() {
      return gauges.keySet();
    }

    @Override
    public Optional<String> trigger(String target) {
      Gauge gauge = gauges.get(target);
      return gauge.latest().widened() > 0 && gauge.isIdle()
          ? Optional.of("nothing has waited for " + policy.idle().toSeconds() + " s")
          : Optional.empty();
    }

    @Override
    public Optional<String> refusal(String target) {
      return unwell.apply(target);
    }

    @Override
    public Future<String> act(String target) {
      return gauges.get(target).widen(-policy.step());
    }

    @Override
    public boolean isProven(String target) {
      return gauges.get(target).latest().drainMs() <= policy.drain().toMillis();
    }

    @Override
    public Future<String> takeBack(String target) {
      return gauges.get(target).widen(policy.step());
    }
  }
}
