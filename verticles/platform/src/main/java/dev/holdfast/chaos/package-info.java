/**
 * Faults on purpose, in the profiles of development and test alone: what breaks a platform, begun
 * on demand, each with an end of its own.
 *
 * <p><b>Faults.</b> A {@link dev.holdfast.chaos.Fault} befalls an agent, a server, the wire to a
 * server, a simulated partner or the journal. {@link dev.holdfast.chaos.Faults} begins it through
 * an {@link dev.holdfast.chaos.Injector}, keeps it until its time is over or somebody ends it, and
 * tells which are active. Nobody has to stay for a fault to end.
 *
 * <p><b>The wire.</b> A {@link dev.holdfast.chaos.FaultProxy} stands between the platform and one
 * server, on the loopback address: it delays, cuts, falls silent, or takes a COMMIT to PostgreSQL
 * and loses the answer. What it holds is bounded; whoever sends faster than the other side takes is
 * held back.
 *
 * <p><b>Where.</b> Proxies and timers live in a {@code Vertx} of their own, so that no blocked loop
 * of the platform keeps a fault from ending. {@link dev.holdfast.chaos.BlockedLoop} is the one
 * place that blocks an event loop, which is what it is for.
 *
 * <p>Knows no agent, no server and no commerce: the launcher says what can be broken, and how.
 */
package dev.holdfast.chaos;
