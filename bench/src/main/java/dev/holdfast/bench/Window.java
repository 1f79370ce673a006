package dev.holdfast.bench;

/**
 * One measured stretch of one side.
 *
 * @param side who ran
 * @param orders done
 * @param perSecond its rate
 * @param figures what PostgreSQL counted until all of it had settled
 * @param cpu of the processes, likewise
 * @param answers of the product's customers; null for a peer
 * @param openRuns of the product, right after the last answer
 * @param partnerCommits of the simulated partners' own books
 */
record Window(
    String side,
    long orders,
    double perSecond,
    Figures figures,
    CpuClock.Reading cpu,
    OrderLoad.Answers answers,
    long openRuns,
    long partnerCommits) {
  /** The work of one. */
  interface Measured {
    /** Does it; blocks. */
    Window measure();
  }

  double each(long total) {
    return orders == 0 ? 0 : (double) total / orders;
  }
}
