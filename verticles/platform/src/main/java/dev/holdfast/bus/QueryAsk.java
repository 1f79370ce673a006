package dev.holdfast.bus;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Query;
import dev.holdfast.trace.Span;

/**
 * A question on its way to its agent.
 *
 * @param deadline after which no answer is of use
 * @param trace what it is asked for
 */
public record QueryAsk<R>(Query<R> query, Deadline deadline, Span trace) {}
