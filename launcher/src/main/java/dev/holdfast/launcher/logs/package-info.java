/**
 * How a line of the log looks, and how much of an agent's is written.
 *
 * <p>{@link dev.holdfast.launcher.logs.LineEncoder} writes lines for people or, in production, JSON
 * in the Elastic Common Schema. Either says whose doing a line is ({@link
 * dev.holdfast.trace.Work}): trace, agent, run, order. No control character of a message reaches
 * the file, so nobody can write a line of his own into it. Secrets print as stars by their type.
 * {@link dev.holdfast.launcher.logs.LogLevels} turns one agent's log up or down for a time.
 */
package dev.holdfast.launcher.logs;
