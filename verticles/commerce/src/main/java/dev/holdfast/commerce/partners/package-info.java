/**
 * Partners outside: the payment provider and the carriers. What an adapter to a real one
 * implements, and simulators that stand in for them.
 *
 * <p>{@link dev.holdfast.commerce.partners.PaymentGateway} and {@link
 * dev.holdfast.commerce.partners.CarrierGateway} are what the agents know. Every change is asked
 * under a key of ours; asked again under the same key it takes effect once, and {@code find} tells
 * what the partner knows of a key. A refusal by the partner is an answer; an outage is an {@link
 * dev.holdfast.kernel.Unavailable}, after which the effect is open.
 *
 * <p>The simulators know nothing of the agents. Each keeps its own books in a database that is
 * handed in (schema {@code psp} or {@code carrier}, and {@code partner} for what both have: faults
 * that happened, notices not yet told), made by {@code start()}; the role of that database must own
 * it. Writes are collected into batches, one transaction at a time, at most 128 operations; 4,096
 * may wait, further ones are refused as overload.
 *
 * <p>Faults are drawn from (seed, key, operation), never from the order of calls: the same seed and
 * the same keys meet the same faults. A fault meets an operation when it is new; asked again under
 * its key, it gets the answer that was hidden. Fixed tokens ({@code tok_declined}, {@code
 * tok_timeout}, {@code tok_error}, {@code tok_slow}, {@code tok_late}) choose a fault by hand, as
 * the sandboxes of providers do. What really happened is counted in the database, and survives a
 * kill.
 *
 * <p>Notices are told at least once, also after a restart; their ids are fixed, so that a repeat is
 * recognised.
 *
 * <p>{@link dev.holdfast.commerce.partners.Reconciliation} goes the rounds in which an agent asks
 * its partner about what it does not know.
 *
 * <p>Agents are given {@link dev.holdfast.commerce.partners.GuardedPaymentGateway} and {@link
 * dev.holdfast.commerce.partners.GuardedCarrierGateway}, which have every call pass a guard. An
 * outage of a simulator's own books is no fault of its partner: {@link
 * dev.holdfast.commerce.partners.SimulatorOutage}.
 *
 * <p>Imports {@code shared} and the platform's kernel, guard, bus texts and PostgreSQL.
 */
package dev.holdfast.commerce.partners;
