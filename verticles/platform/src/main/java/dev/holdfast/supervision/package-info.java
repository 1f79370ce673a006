/** Keeps agents alive: child specs, strategies, gates, proofs and incidents. */
package dev.holdfast.supervision;
