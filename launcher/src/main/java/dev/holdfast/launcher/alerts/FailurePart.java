package dev.holdfast.launcher.alerts;

import dev.holdfast.agent.AgentHost;
import dev.holdfast.kernel.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/** Which part of the agents' commands failed lately. One thread. */
final class FailurePart {
  /** How far is looked back. */
  static final Duration WINDOW = Duration.ofMinutes(5);

  /** Fewer commands say nothing. */
  static final long COMMANDS_MIN = 20;

  private final Collection<AgentHost> hosts;
  private final Clock clock;
  private final Deque<Counts> samples = new ArrayDeque<>();

  private record Counts(long nanos, long answered, long failed) {}

  FailurePart(Collection<AgentHost> hosts, Clock clock) {
    this.hosts = hosts;
    this.clock = clock;
  }

  /** Of a hundred, how many; to be asked at each look. */
  double percent() {
    long now = clock.nanoTime();
    Counts latest =
        new Counts(
            now,
            hosts.stream().mapToLong(AgentHost::answered).sum(),
            hosts.stream().mapToLong(AgentHost::failures).sum());
    samples.addLast(latest);
    while (now - samples.getFirst().nanos() > WINDOW.toNanos()) {
      samples.removeFirst();
    }
    Counts oldest = samples.getFirst();
    return percent(latest.answered() - oldest.answered(), latest.failed() - oldest.failed());
  }

  /** Of a hundred commands, how many failed; 0 when there were too few. */
  static double percent(long answered, long failed) {
    long all = answered + failed;
    return all < COMMANDS_MIN ? 0 : 100.0 * failed / all;
  }
}
