/**
 * The drill: a shop day under a plan of faults, and the proof afterwards that nothing was lost,
 * nothing happened twice, and every level and rung that has to be reached was.
 *
 * <p>{@link dev.holdfast.launcher.drill.DrillGoals} names what has to be reached and which faults
 * lead there; {@link dev.holdfast.launcher.drill.PlanRules} makes a {@link
 * dev.holdfast.launcher.drill.Plan} of it from a seed, which is a file and can be run again. {@link
 * dev.holdfast.launcher.drill.Drill} lets it happen, always from outside: orders through the public
 * API, faults and levels through the management listener. What was seen is {@link
 * dev.holdfast.launcher.drill.Evidence}, and {@link dev.holdfast.launcher.drill.DrillRules}, which
 * is pure and has tests of its own, makes the {@link dev.holdfast.launcher.drill.Score} of it.
 *
 * <p>What has to follow from delivered orders, whether or not a book shows it, is judged by {@link
 * dev.holdfast.launcher.drill.ConsequenceRules}. Planted bugs check that the rules find something.
 */
package dev.holdfast.launcher.drill;
