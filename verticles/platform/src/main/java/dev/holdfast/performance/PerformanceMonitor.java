package dev.holdfast.performance;

import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;

/**
 * Takes a sample every {@link #EVERY} and says what the last {@link #WINDOW} were like. Outlives
 * agents; counts nothing itself.
 */
public final class PerformanceMonitor extends VerticleBase {
  /** Between two samples. */
  public static final Duration EVERY = Duration.ofSeconds(5);

  /** How far a report looks back. */
  public static final Duration WINDOW = Duration.ofMinutes(1);

  private final TimeSampler sampler;
  private final ConcurrentLinkedDeque<Sample> samples = new ConcurrentLinkedDeque<>();

  /**
   * @param resources what can be used up, read from memory; under the same names each time
   */
  public PerformanceMonitor(Meters meters, Supplier<List<Resource>> resources, Clock clock) {
    this.sampler = new TimeSampler(meters, resources, clock);
  }

  @Override
  public Future<?> start() {
    samples.add(sampler.sample());
    vertx.setPeriodic(EVERY.toMillis(), tick -> take());
    return Future.succeededFuture();
  }

  private void take() {
    Sample now = sampler.sample();
    samples.addLast(now);
    while (now.nanos() - samples.getFirst().nanos() > WINDOW.toNanos()) {
      samples.removeFirst();
    }
  }

  /** The last minute until now, or what there is of it since the start. Any thread. */
  public PerformanceReport report() {
    List<Sample> all = new ArrayList<>(samples);
    all.add(sampler.sample());
    return PerformanceRules.report(all);
  }
}
