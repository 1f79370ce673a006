package dev.holdfast.agent;

import dev.holdfast.bus.Bus;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.CommitPoints;
import dev.holdfast.kernel.Disturbance;
import dev.holdfast.postgres.Database;
import dev.holdfast.stream.Unsent;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;

/**
 * What every host needs of the platform.
 *
 * @param database the pool of the lanes
 * @param runs where workflow runs are started and told
 * @param relay takes the events of a commit; never blocking
 * @param errors where failures are told that ended in a lane
 * @param points where tests halt the process
 * @param hosts of this process, this one among them
 * @param disturbance what befalls agents on purpose
 */
public record HostServices(
    Vertx vertx,
    Bus bus,
    Clock clock,
    Database database,
    Runs runs,
    Consumer<List<Unsent>> relay,
    Meters meters,
    ErrorReports errors,
    CommitPoints points,
    Hosts hosts,
    Disturbance disturbance) {
  /** Undisturbed. */
  public HostServices(
      Vertx vertx,
      Bus bus,
      Clock clock,
      Database database,
      Runs runs,
      Consumer<List<Unsent>> relay,
      Meters meters,
      ErrorReports errors,
      CommitPoints points,
      Hosts hosts) {
    this(vertx, bus, clock, database, runs, relay, meters, errors, points, hosts, Disturbance.NONE);
  }
}
