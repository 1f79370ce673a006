package dev.holdfast.supervision;

import dev.holdfast.kernel.Clock;
import dev.holdfast.recovery.Ladder;
import dev.holdfast.recovery.Notices;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a supervisor works with.
 *
 * @param clock the platform's
 * @param reports heard by this supervisor alone
 * @param incidentWriter stores an incident under its id, such as {@link IncidentStore#write}; its
 *     failures are retried
 * @param incidentListener told of each incident when it begins, changes and ends, at once and on
 *     the supervisor's loop; must neither block nor throw
 * @param ladder what is done about a child that fell
 * @param notices where people are told; called on the supervisor's loop
 * @param away what a child needs and does not have now, in words; must not block. A child that fell
 *     meanwhile waits for it
 * @param meters where restarts and recoveries are counted
 * @param loops told of blocked event loops
 */
public record SupervisorServices(
    Clock clock,
    CrashReports reports,
    Function<Incident, ? extends Future<?>> incidentWriter,
    Consumer<Incident> incidentListener,
    Ladder ladder,
    Notices notices,
    Function<String, Optional<String>> away,
    Meters meters,
    LoopListener loops) {}
