/**
 * What listeners say of agents and platform, put together from what the rooms know of themselves.
 *
 * <p>{@link dev.holdfast.launcher.health.AgentFacts} and {@link
 * dev.holdfast.launcher.health.StoreHealth} make an agent's health of its place in the tree, the
 * levels, the pools and the consumers; {@link dev.holdfast.launcher.health.LastErrors} remembers
 * what failed last. {@link dev.holdfast.launcher.health.Happenings} tells crashes, recoveries and
 * changes of level as live events. {@link dev.holdfast.launcher.health.ResourceList} says how much
 * is used of what can be used up. All of it is read from memory and waits for nothing.
 */
package dev.holdfast.launcher.health;
