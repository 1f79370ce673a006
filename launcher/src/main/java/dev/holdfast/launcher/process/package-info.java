/**
 * What this process is to the machine: its data folder, the ports it needs, the signal that ends
 * it, the file that tells others where it is, and how it begins anew. Every other room of the
 * launcher stands on this one.
 *
 * <p>One process has a data folder at a time ({@link dev.holdfast.launcher.process.DataFolder}).
 * What a person has done wrong is a {@link dev.holdfast.launcher.process.Complaint}: one sentence
 * and no stack. {@link dev.holdfast.launcher.process.Waiting} is the one place where a thread waits
 * for a future, which only the thread of a command ever does.
 *
 * <p>A process that begins anew ({@link dev.holdfast.launcher.process.ProcessImage}) keeps its id,
 * its terminal, its parent and its place in a container (also as process 1); threads, memory,
 * locks, sockets and pipes are gone, as after {@code kill -9}. Linux only, version 5.11 or newer;
 * elsewhere a start over is refused in words.
 */
package dev.holdfast.launcher.process;
