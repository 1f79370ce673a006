package dev.holdfast.deadletter;

import dev.holdfast.kernel.Clock;
import dev.holdfast.postgres.Database;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Vertx;

/**
 * What acts about letters need of the platform.
 *
 * @param node this node's name
 */
public record LetterServices(
    Vertx vertx, Database database, Replayer replayer, Meters meters, Clock clock, String node) {}
