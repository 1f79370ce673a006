/**
 * The process: command line, settings, embedded servers, and their orderly end.
 *
 * <p>The only place that reads the environment, makes a {@code Vertx} and ends the process. {@link
 * dev.holdfast.launcher.Main} knows the subcommands and turns what went wrong into one sentence and
 * an exit code: 0 done, 1 it failed, 2 wrong arguments or settings.
 *
 * <p>One process has a data folder at a time ({@link dev.holdfast.launcher.DataFolder}). The
 * servers of {@link dev.holdfast.launcher.EmbeddedServices} are children that never outlive it and
 * are brought back by it on the same port and data when they die.
 */
package dev.holdfast.launcher;
