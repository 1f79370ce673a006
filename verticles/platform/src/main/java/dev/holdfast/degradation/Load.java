package dev.holdfast.degradation;

/**
 * How hard the work was lately.
 *
 * @param commands commands that ended in the time measured
 * @param errorPercent how many of a hundred commands failed, 0 to 100; refusals are no failures
 * @param latencyMs what a transaction took on the average, in milliseconds
 * @param queueDelayMs how long a command that comes now waits for the agent with the longest queue,
 *     in milliseconds
 */
public record Load(long commands, double errorPercent, double latencyMs, double queueDelayMs) {
  /** Nothing to do. */
  public static final Load NONE = new Load(0, 0, 0, 0);
}
