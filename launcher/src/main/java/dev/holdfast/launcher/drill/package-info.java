/**
 * The drill: a shop day under a plan of faults, and the proof afterwards that nothing was lost,
 * nothing happened twice, every level and rung was reached, and every level that was said was true.
 *
 * <p>{@link dev.holdfast.launcher.drill.DrillGoals} names what has to be reached and which faults
 * lead there; {@link dev.holdfast.launcher.drill.PlanRules} makes a {@link
 * dev.holdfast.launcher.drill.Plan} of it from a seed, which is a file and can be run again. {@link
 * dev.holdfast.launcher.drill.Drill} lets it happen, always from outside: orders through the public
 * API, faults and levels, ten times a second, through the management listener, where {@code
 * Operator} replays dead letters too. What was seen is {@link
 * dev.holdfast.launcher.drill.Evidence}.
 *
 * <p>Pure rules, which have tests of their own, make the {@link dev.holdfast.launcher.drill.Score}
 * of it: {@code OrderRules} holds what customers were told against the database, {@code TruthRules}
 * the levels against what customers were told, and {@code DrillRules} puts all together, fault by
 * fault.
 *
 * <p>What has to follow from delivered orders, whether or not a book shows it, is judged by {@code
 * ConsequenceRules}. Planted bugs check that the rules find something.
 *
 * <p>Limits. A level is judged by what most orders of a second were answered, so one that is wrong
 * for a few of them passes. What happens between two drills on one platform counts for neither.
 */
package dev.holdfast.launcher.drill;
