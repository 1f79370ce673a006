/**
 * The alerts of this process: what is seen of its parts, who is told, and what operators ask and
 * do.
 *
 * <p>{@link dev.holdfast.launcher.alerts.AlertDesk} puts the room {@code alert} together by the
 * settings. {@code Sight} reads, once a second and from memory alone, what conditions are about:
 * the tree, guards, levels, lanes, dead letters, outbox, journal, lease, heap. What happens, bugs
 * that end somewhere and rungs of the ladder, it is told.
 */
package dev.holdfast.launcher.alerts;
