/**
 * A Kafka broker in a process of its own: one node that is broker and controller (KRaft), for a
 * platform that is told of no other.
 *
 * <p>Owns its data folder and nothing else. It is a module of its own because the broker's client
 * library is newer than the one that the platform speaks with: the two never share a class path.
 *
 * <p>The process obeys its standard input: when that ends, because the parent closed it or was
 * killed, the broker shuts down and leaves. One data folder has one broker at a time; a lock file
 * guards it, which the operating system gives back even after {@code kill -9}.
 *
 * <p>Limits: one node, so every topic has one copy. Like every Kafka it answers a write once it has
 * it in memory and the operating system has the pages: it survives {@code kill -9}, not a power
 * cut.
 */
package dev.holdfast.broker;
