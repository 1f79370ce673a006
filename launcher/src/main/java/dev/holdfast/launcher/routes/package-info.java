/**
 * What operators ask of this process by HTTP: the tree of supervision, dead letters, runs, guards,
 * faults, and why something is as it is; and the listeners that answer.
 *
 * <p>{@link dev.holdfast.launcher.routes.Doors} opens the listeners; each {@code *Routes} has one
 * subject. Customers' and merchants' routes are in {@code dev.holdfast.commerce.api}.
 */
package dev.holdfast.launcher.routes;
