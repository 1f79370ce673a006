package dev.holdfast.workflow;

import dev.holdfast.bus.Bus;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.CommitPoints;
import dev.holdfast.postgres.Database;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Vertx;
import java.util.function.LongSupplier;

/**
 * What the runner needs of the platform.
 *
 * @param database the pool for run rows
 * @param node this node's id, stable over restarts
 * @param fence the fence of this node's lease; writes under an older one are refused
 * @param errors where runs are told that can't go on
 * @param points where tests halt the process
 */
public record RunnerServices(
    Vertx vertx,
    Bus bus,
    Clock clock,
    Database database,
    String node,
    LongSupplier fence,
    Meters meters,
    ErrorReports errors,
    CommitPoints points) {}
