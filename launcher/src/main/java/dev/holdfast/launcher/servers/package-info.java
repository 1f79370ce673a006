/**
 * PostgreSQL and Kafka of this process, and the ways to them.
 *
 * <p>The servers of {@link dev.holdfast.launcher.servers.EmbeddedServices} are children that never
 * outlive this process and are brought back by it ({@link
 * dev.holdfast.launcher.servers.KeptServer}) on the same port and data when they die. {@link
 * dev.holdfast.launcher.servers.Databases} has one pool for each purpose, so that none starves
 * another; {@link dev.holdfast.launcher.servers.Wires} puts a proxy in between where faults on
 * purpose are wanted.
 */
package dev.holdfast.launcher.servers;
