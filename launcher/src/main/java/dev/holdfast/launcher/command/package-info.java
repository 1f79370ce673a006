/**
 * The subcommands of {@code holdfast}: arguments in, sentences and tables out. What they do is in
 * other rooms.
 *
 * <p>Commands about a platform that runs find it by its file and talk to its management listener
 * ({@link dev.holdfast.launcher.command.ManagementClient}).
 */
package dev.holdfast.launcher.command;
