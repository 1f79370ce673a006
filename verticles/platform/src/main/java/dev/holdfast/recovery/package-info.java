/**
 * What is done about a child that crashes again and again, and about trouble before it: the rungs
 * of a ladder, the rules that choose among them, and the configurations that can be gone back to.
 *
 * <p><b>Ladder.</b> Restart, restart with fresh resources, rollback to the last proven
 * configuration, quarantine, failover; what comes after them, parking, is the supervisor's own
 * gate. Each {@link dev.holdfast.recovery.Rung} has a trigger (so many falls of its group in the
 * window), a guard, an action, and deadlines for the action and for the proof that it helped.
 * {@link dev.holdfast.recovery.LadderRules} takes the highest rung whose trigger is met and whose
 * guard lets it, and says why the others were not taken. A life that crashes, and one that is not
 * proven within its rung's time, are both falls, so either climbs to the next rung. The ladder runs
 * no process and knows no supervisor.
 *
 * <p><b>Configurations.</b> What an agent is made with is a version: the shipped one is the first,
 * each change makes the next. It is proven when the agent has been well with it for a while, a
 * minute as shipped. The rollback returns to the last proven one, and never to one that failed.
 * Rows in {@code holdfast.agent_configuration}, by node; kept in memory while the database is away.
 *
 * <p><b>Reactions.</b> Signs of trouble that are no falls: a lane that is too narrow, or wider than
 * it needs to be ({@link dev.holdfast.recovery.ScalingRules}), a guard that opened. Each {@link
 * dev.holdfast.recovery.Reaction} has a trigger, a guard, an action and a proof, with deadlines
 * from its {@link dev.holdfast.recovery.ReactionPolicy}; {@link dev.holdfast.recovery.Reactions}
 * does one at a time to a target, takes back what did not help, and leaves the target alone for a
 * while.
 *
 * <p><b>Notices.</b> From the rollback on, each rung taken is told to people, at most once in five
 * minutes for a child and rung.
 *
 * <p><b>Limits.</b> A configuration holds whole numbers under known keys. A node hears nothing of
 * changes made at another. One that fails only after it was proven is not rolled back.
 */
package dev.holdfast.recovery;
