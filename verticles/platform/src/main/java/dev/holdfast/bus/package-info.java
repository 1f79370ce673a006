/**
 * Typed talk between agents: asking, and the names and texts of what is said.
 *
 * <p>Inside a process messages are handed over by reference, which is safe because they are records
 * of immutable parts; between processes and in rows they are JSON. The bus is a hint: what must not
 * be lost is a row before it is a message. Every ask has a deadline; an ask that nobody answers
 * ends in {@link dev.holdfast.kernel.Unavailable}. A continuation travels with an ask inside its
 * process, as an offer that may be left alone. So does the span that it is asked for; the time
 * until the answer is a span of its own.
 */
package dev.holdfast.bus;
