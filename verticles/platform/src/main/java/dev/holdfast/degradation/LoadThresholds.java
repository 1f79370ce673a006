package dev.holdfast.degradation;

/**
 * From which load on less is offered.
 *
 * @param errorPercent of a hundred commands
 * @param latencyMs of a transaction
 * @param queueDelayMs of a command that comes now
 * @param calmPercent how far below a threshold the load must fall, in percent of it, before that
 *     threshold counts as left, 1 to 100
 * @param commandsMin with fewer commands in the time measured, their errors and latency say nothing
 */
public record LoadThresholds(
    Steps errorPercent, Steps latencyMs, Steps queueDelayMs, int calmPercent, int commandsMin) {
  public LoadThresholds {
    if (calmPercent < 1 || calmPercent > 100) {
      throw new IllegalArgumentException("calmPercent must be 1 to 100, got " + calmPercent);
    }
  }

  /** From where on each mode holds; ascending. */
  public record Steps(int degraded, int minimal, int emergency) {
    public Steps {
      if (degraded < 1 || minimal < degraded || emergency < minimal) {
        throw new IllegalArgumentException("thresholds must be above 0 and ascend");
      }
    }

    int of(Mode mode) {
      return switch (mode) {
        case NORMAL -> 0;
        case DEGRADED -> degraded;
        case MINIMAL -> minimal;
        case EMERGENCY -> emergency;
      };
    }
  }
}
