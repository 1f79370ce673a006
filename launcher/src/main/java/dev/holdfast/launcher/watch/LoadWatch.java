package dev.holdfast.launcher.watch;

import dev.holdfast.agent.AgentHost;
import dev.holdfast.degradation.Load;
import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.LaneMeters;
import dev.holdfast.telemetry.Meters;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures how hard the agents worked in the last seconds, from the counts that they keep. */
public final class LoadWatch {
  private final List<Source> sources = new ArrayList<>();
  private final long overNanos;
  private final Clock clock;
  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Source(AgentHost host, LaneMeters lane) {}

  private record Sample(long nanos, List<Counts> counts) {}

  /** What one agent has counted since its start. */
  private record Counts(long answered, long failed, long batches, double batchSeconds) {
    static Counts of(Source source) {
      return new Counts(
          source.host().answered(),
          source.host().failures(),
          source.lane().batches(),
          source.lane().batchSeconds());
    }

    Counts minus(Counts before) {
      return new Counts(
          answered - before.answered,
          failed - before.failed,
          batches - before.batches,
          batchSeconds - before.batchSeconds);
    }

    Counts plus(Counts other) {
      return new Counts(
          answered + other.answered,
          failed + other.failed,
          batches + other.batches,
          batchSeconds + other.batchSeconds);
    }
  }

  /**
   * @param over the time that is looked back on
   */
  public LoadWatch(Collection<AgentHost> hosts, Meters meters, Duration over, Clock clock) {
    hosts.forEach(host -> sources.add(new Source(host, meters.lane(host.name()))));
    this.overNanos = over.toNanos();
    this.clock = clock;
  }

  /** The load now; to be asked regularly, on one thread. */
  Load measure() {
    long now = clock.nanoTime();
    Sample latest = new Sample(now, sources.stream().map(Counts::of).toList());
    samples.addLast(latest);
    while (now - samples.getFirst().nanos() > overNanos) {
      samples.removeFirst();
    }
    Sample oldest = samples.getFirst();
    double seconds = (now - oldest.nanos()) / 1e9;
    return seconds == 0 ? Load.NONE : between(oldest, latest, seconds);
  }

  private Load between(Sample oldest, Sample latest, double seconds) {
    Counts all = new Counts(0, 0, 0, 0);
    double delayMs = 0;
    for (int at = 0; at < sources.size(); at++) {
      Counts own = latest.counts().get(at).minus(oldest.counts().get(at));
      all = all.plus(own);
      delayMs = Math.max(delayMs, delayMs(sources.get(at).host().waiting(), own, seconds));
    }
    long commands = all.answered() + all.failed();
    return new Load(
        commands,
        commands == 0 ? 0 : 100.0 * all.failed() / commands,
        all.batches() == 0 ? 0 : 1_000.0 * all.batchSeconds() / all.batches(),
        delayMs);
  }

  /** What waits, at the pace at which it went lately; no pace at all is as long as we looked. */
  private double delayMs(int waiting, Counts own, double seconds) {
    long done = own.answered() + own.failed();
    return done == 0
        ? waiting == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(overNanos)
        : 1_000.0 * waiting * seconds / done;
  }
}
