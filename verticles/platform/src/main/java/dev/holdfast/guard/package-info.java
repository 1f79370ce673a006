/**
 * One guarded call for each dependency: database, broker, each partner.
 *
 * <p>A call passes, in this order: its deadline; the retry with its budget, if it may be repeated;
 * the breaker; the bulkhead and its bounded queue; the attempt with a deadline of its own. Whatever
 * refuses or cuts it short does so with an {@link dev.holdfast.kernel.Unavailable} whose code says
 * which: {@code circuit_open}, {@code overloaded}, {@code deadline_passed}.
 *
 * <p>The breaker counts by itself, over a sliding window, and a success wipes nothing; {@code
 * TripRules} says what opens it: failures, by number and by their part of the calls, or slow
 * answers. Each opening is a fresh Vert.x {@code CircuitBreaker}, used for its state, its reset
 * timer and nothing else; that object is the generation. A call reports to the {@code Phase} it
 * began under, and a report to a phase that is over changes nothing. An instance is opened once,
 * and reset only from half-open; a manual close drops it, and its timer, which the library does not
 * cancel, then finds that it is not current any more. A timer that dies with the verticle that set
 * it is made up for by the next call. After probes have closed it, load comes back in the steps of
 * {@code Ramp}, and an opening within them is one more in a row. A person can reset it, or hold a
 * state for a time with a reason.
 *
 * <p>Retries are exponential with full jitter, for failures that count, and never of the guard's
 * own refusals; all callers of a dependency share a budget of a tenth of its calls, three a second
 * in any case. They come as a function ({@link dev.holdfast.guard.Guard#callIdempotent}) or as
 * {@link dev.holdfast.guard.RetrySteps}, which run attempts that block their thread as well ({@link
 * dev.holdfast.guard.Guard#callBlocking}). One layer retries: a {@link
 * dev.holdfast.kernel.Deadline} that is an attempt of its asker is retried by nobody else. {@link
 * dev.holdfast.guard.Guards} are given what the table of errors says of a failure, and retry what
 * is to be retried alone.
 *
 * <p>Cost. An attempt under way is one object and one promise; its deadline stands in a list of its
 * loop that has one timer for all. {@code holdfast bench guard} measures it beside others.
 *
 * <p>Limits. A place in the bulkhead is given back when the attempt's deadline passes, even if the
 * work goes on underneath: who must not leave work running cuts it at the same deadline. Counts are
 * shared between loops by atomics, without locks; each process has its own. Guards outlive agents
 * and are asked for by name from {@link dev.holdfast.guard.Guards}. {@link
 * dev.holdfast.guard.Timeouts} is the table of how long things may take.
 */
package dev.holdfast.guard;
