/**
 * What is broken, as a level from 0 to 4; what is still offered, as a mode; and which features
 * follow from both: pure decisions and their memory.
 *
 * <p><b>Level.</b> Whoever probes the dependencies tells {@link
 * dev.holdfast.degradation.Degradation} what each probe found. A {@link
 * dev.holdfast.degradation.Capability} goes down after three failed probes within three seconds,
 * and comes up after five good ones in a row and a proof, which is real work that succeeded ({@link
 * dev.holdfast.degradation.Hysteresis} has the figures). One that falls again soon after it came up
 * needs more good probes each time. {@link dev.holdfast.degradation.LevelRules} turns what an agent
 * needs into its level; the platform's is the worst among the agents declared critical. A parked
 * agent that is not critical is a lost feature, not a level.
 *
 * <p>What is said is never more than what is kept: a level falls at once, also to one with a lesser
 * number ({@link dev.holdfast.degradation.Level#keeps}), and rises one step at a time, each with a
 * stay, over levels whose promises hold by then. From the start, before anything fell, it rises at
 * once; a capability that was never probed is taken for down.
 *
 * <p><b>Mode.</b> The lesser of what the platform's level and the load allow ({@link
 * dev.holdfast.degradation.ModeRules}); left at once for a lesser one, restored step by step.
 *
 * <p><b>Features.</b> A {@link dev.holdfast.degradation.Feature} has the lowest mode it runs in,
 * and is off as well when its agent's level can't carry it or a person marked it so. {@link
 * dev.holdfast.degradation.Features} is the {@link dev.holdfast.degradation.AdmissionControl} of
 * requests: what is off is refused before anybody is asked.
 *
 * <p>It probes nothing, decides no restart, and knows no agent but by name. The last hundred
 * changes of level and mode are in memory; {@link dev.holdfast.degradation.LevelHistory} keeps
 * those of levels as rows besides, 90 days long.
 */
package dev.holdfast.degradation;
