package dev.holdfast.bench.guard;

import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast bench guard}: the success path of a guarded call. */
@Command(
    name = "guard",
    description = "A guarded call beside Vert.x Circuit Breaker and Resilience4j.",
    mixinStandardHelpOptions = true)
public final class GuardCommand implements Callable<Integer> {
  @Option(
      names = "--forks",
      paramLabel = "N",
      defaultValue = "2",
      description = "Processes for each form, 1 or more (default: 2).")
  private int forks;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "5",
      description = "Measured seconds in each process, 1 or more (default: 5).")
  private int iterations;

  @Override
  public Integer call() throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(GuardedCalls.class.getName())
                .forks(Math.max(1, forks))
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(Math.max(1, iterations))
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .jvmArgs("-Xms512m", "-Xmx512m")
                .build())
        .run();
    return 0;
  }
}
