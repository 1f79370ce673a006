/**
 * What tests stand on: real servers, one of each per test JVM, ways to hurt them, and a kit for
 * those who write agents.
 *
 * <p><b>Writing an agent's tests.</b> Rules get plain unit tests. The agent as a whole gets an
 * {@link dev.holdfast.testing.AgentKit} as a static {@code @RegisterExtension}: each test finds the
 * agent behind its real lane on a fresh database. {@code done} and {@code refused} ask and wait;
 * {@code assertOneEffect} asks a command again of the same life, of the next one and of another
 * node, and compares every table; {@code assertUndone} takes it back, after it came and before;
 * {@code assertParkedAlone} breaks the agent and sees that nobody else suffers. {@code
 * docs/agents.md} has a whole test. The names that commands are asked under stand for their ids:
 * the same name is the same wish.
 *
 * <p><b>Beyond one agent.</b> {@link dev.holdfast.testing.PlatformNode} is the platform in small:
 * any number of agents, a runner with workflows, a wire of one's own; two on one database are two
 * nodes. {@link dev.holdfast.testing.PlatformSchema} makes the tables. {@link
 * dev.holdfast.testing.AgentDriver} takes an agent's batches through transactions without a lane.
 *
 * <p><b>Servers.</b> {@link dev.holdfast.testing.PostgresExtension} gives each test class a
 * database of its own, and {@link dev.holdfast.testing.KafkaExtension} a broker. They share their
 * server with all test classes of the JVM: a test that stops, freezes or kills one starts its own
 * with {@code PostgresProcess.start} or {@code KafkaProcess.start}. {@link
 * dev.holdfast.testing.FaultProxy} is a wire that fails.
 */
package dev.holdfast.testing;
