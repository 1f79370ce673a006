/**
 * PostgreSQL and Kafka as child processes of this one: real servers, started with nothing else
 * installed. Plain Java; its methods block, so call them from threads made for that.
 *
 * <p>Each server owns one folder: its data, its log, the port it was given ({@code port}) and, for
 * PostgreSQL, the generated superuser password ({@code password}, readable by its owner alone).
 *
 * <p>Promises: a child never outlives its parent, not even {@code kill -9} of it (the child's
 * standard input ends, and it shuts down); a start on a folder waits until the folder's former
 * server is gone; what the server acknowledged is there after either of them was killed. Children
 * have a session of their own, so Ctrl-C in a terminal reaches the parent alone and the children
 * live until it has drained.
 *
 * <p>Limits: Linux on x86-64 for PostgreSQL (elsewhere a start says so, and an external server is
 * to be named); it runs as root only where user namespaces or {@code setpriv} are there, because
 * PostgreSQL itself refuses root.
 */
package dev.holdfast.embedded;
