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
    SupervisorServices services,
    RestartBudget budget,
    Incidents incidents,
    Tally tally,
    TreeMeters meters,
    Runnable changed) {

  Clock clock() {
    return services.clock();
  }

  /** The next life of a child, away from a loop if it must be. */
  Life newLife(Child child) {
    return new Life(child.spec(), platform, loop, settings, services, child.shunnedLoop());
  }
}
