package dev.holdfast.supervision;

import dev.holdfast.kernel.Clock;
import io.vertx.core.Vertx;

/**
 * What every line of a tree shares.
 *
 * @param loop the supervisor's
 * @param platform where children are deployed
 * @param changed called after each change, so that the state is published anew
 */
record Means(
    OwnLoop loop,
    Vertx platform,
    SupervisionSettings settings,
    Clock clock,
    CrashReports reports,
    RestartBudget budget,
    Incidents incidents,
    Tally tally,
    Runnable changed) {

  Life newLife(ChildSpec spec) {
    return new Life(spec, platform, loop, settings, reports, clock);
  }
}
