/**
 * Whether what we stand on is there: probes of the dependencies, the load, and the level and mode
 * that follow from them.
 *
 * <p>{@link dev.holdfast.launcher.watch.DependencyWatch} asks each {@link
 * dev.holdfast.launcher.watch.Probe} in turn on a loop that no agent shares; decisions are those of
 * the room {@code dev.holdfast.degradation}. A further capability is one probe more.
 */
package dev.holdfast.launcher.watch;
