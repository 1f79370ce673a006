/**
 * What is broken, as a level from 0 to 4: pure decisions and their memory.
 *
 * <p>Whoever probes the dependencies tells {@link dev.holdfast.degradation.Degradation} what each
 * probe found. A {@link dev.holdfast.degradation.Capability} goes down after three failed probes in
 * a row and comes back after five good ones, so that a single lost answer changes nothing; the
 * first probe of all counts at once, and before it a capability is taken for down. {@link
 * dev.holdfast.degradation.LevelRules} turns the capabilities an agent needs into its level; the
 * platform's level is the worst among the agents declared critical. A parked agent that is not
 * critical is a lost feature, not a level. Each level is kept with its reasons and the moment it
 * began.
 *
 * <p>It probes nothing, decides no restart, and knows no agent but by name. It keeps the last
 * hundred changes in memory alone.
 */
package dev.holdfast.degradation;
