/**
 * The performance monitor: which operations are slow, in which layer the time passes, and what is
 * in short supply.
 *
 * <p>Nothing is measured here. {@link dev.holdfast.performance.TimeSampler} reads what the meters
 * of {@code telemetry} count anyway, every few seconds, and {@link
 * dev.holdfast.performance.PerformanceRules} says what was gained between two samples. What has no
 * meter of its own is timed by its name with a {@link dev.holdfast.telemetry.TimedOperation}.
 *
 * <p>Layers lie within one another: a request asks agents, an agent's lane runs a transaction, a
 * transaction has statements. Their times must not be added. {@link
 * dev.holdfast.performance.Resource} is what can be used up; the bottleneck is the one that is used
 * most, if it is used enough.
 */
package dev.holdfast.performance;
