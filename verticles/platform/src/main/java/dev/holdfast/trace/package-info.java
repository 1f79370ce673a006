/**
 * What happened to one order, from its request to the last event of it: spans that form a tree
 * across threads, transactions, rows and topics; and what a thread is busy with, for its log lines.
 *
 * <p>{@link dev.holdfast.trace.Span} is all that other rooms see. Whoever does something for
 * another makes a child of that one's span and ends it. Between threads spans travel by reference,
 * with what they belong to: an ask, a command in a lane, a run. Where a row or a message comes
 * between, its W3C {@code traceparent} travels, and {@link dev.holdfast.trace.Traces#kept} makes a
 * parent of it again: in the row of a run, of an event, of an intent, in the header of a topic's
 * message.
 *
 * <p>Nothing here may be lost or waited for: a span that is never ended is never told, so a command
 * whose transaction failed leaves no span behind. Its asker's span is ended by the asker.
 *
 * <p><b>Off</b> is {@link dev.holdfast.trace.Span#NONE}: its children are itself, and nothing of
 * the SDK runs. A request that is not sampled has it as well, and so has all that follows from it.
 *
 * <p>A span carries ids of ours, names of agents, messages, statements and routes, and codes of
 * errors ({@link dev.holdfast.trace.Fact}); never what a message says, no error's text and no
 * person's data.
 *
 * <p>OpenTelemetry is seen in this package alone.
 */
package dev.holdfast.trace;
