/**
 * What tests stand on: real servers, one of each per test JVM, and ways to hurt them.
 *
 * <p>{@link dev.holdfast.testing.PostgresExtension} gives each test class a database of its own,
 * and {@link dev.holdfast.testing.KafkaExtension} a broker. They share their server with all test
 * classes of the JVM: a test that stops, freezes or kills one starts its own with {@code
 * PostgresProcess.start} or {@code KafkaProcess.start}.
 *
 * <p>{@link dev.holdfast.testing.AgentDriver} takes an agent's batches through transactions without
 * a lane; {@link dev.holdfast.testing.AgentNode} is an agent behind its real lane.
 */
package dev.holdfast.testing;
