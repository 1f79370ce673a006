package dev.holdfast.recovery;

/**
 * An agent's lane and the pool at one look.
 *
 * @param waiting commands that wait
 * @param donePerSecond commands done lately
 * @param transactionMs what a transaction took lately, on the average
 * @param poolFree connections of the pool that nobody uses
 * @param poolWaiting callers that wait for one
 * @param widened transactions that the lane may run beyond its configuration
 */
public record LaneLoad(
    int waiting,
    double donePerSecond,
    double transactionMs,
    int poolFree,
    int poolWaiting,
    int widened) {
  /** How long what waits will take at this pace; endless when nothing is done. */
  public double drainMs() {
    return waiting == 0 ? 0 : 1_000 * waiting / donePerSecond;
  }
}
