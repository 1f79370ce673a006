/**
 * This process as the operating system sees it: its program, arguments, environment and
 * descriptors, and how it begins anew without becoming another process.
 *
 * <p>A process that begins anew keeps its id, its terminal, its parent and its place in a container
 * (also as process 1); threads, memory, locks, sockets and pipes are gone, as after {@code kill
 * -9}. Linux only, version 5.11 or newer; elsewhere a start over is refused in words.
 */
package dev.holdfast.launcher.process;
