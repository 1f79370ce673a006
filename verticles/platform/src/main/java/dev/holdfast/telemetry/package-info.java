/**
 * What can be seen of the platform: meters and health, as data.
 *
 * <p>{@link dev.holdfast.telemetry.Catalogue} declares every meter of our own, {@link
 * dev.holdfast.telemetry.GivenMeter} those whose names the requirements give: name, kind, unit,
 * labels, help. Both together are all that the platform emits; {@code docs/metrics.md} is written
 * from them. Where a given name shows a figure that we have already, it reads ours. {@link
 * dev.holdfast.telemetry.Meters} hands out a typed handle per agent, lane, guard, pool or workflow;
 * a handle is resolved once and then costs an addition. The registry outlives agents: who asks
 * again for the same handle goes on with the same series, and a gauge reads whatever its newest
 * owner gave it. Label values are bounded: beyond {@link dev.holdfast.telemetry.Meters#SERIES_MAX}
 * series of one meter, further ones are added up under {@code other}.
 *
 * <p>Series are read as text for Prometheus, or as data: {@link
 * dev.holdfast.telemetry.SeriesFigures}, with a {@link dev.holdfast.telemetry.Distribution} for
 * histograms, from which percentiles are derived. {@link dev.holdfast.telemetry.TimedOperation}
 * times what has no meter of its own, by its name.
 *
 * <p>Health is answered from memory by a {@link dev.holdfast.telemetry.HealthSource}; asking never
 * touches a dependency, so that a probe neither waits for an outage nor adds to it. The same goes
 * for alerts ({@link dev.holdfast.telemetry.AlertSource}).
 *
 * <p>Micrometer is seen in this package alone. It keeps the figures; {@link
 * dev.holdfast.telemetry.Exposition} writes them, with everything that does not change of a line
 * made beforehand: a scrape costs a fifth of what its own registry takes ({@code holdfast bench
 * scrape}).
 */
package dev.holdfast.telemetry;
