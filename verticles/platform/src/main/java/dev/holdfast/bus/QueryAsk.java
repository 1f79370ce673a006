package dev.holdfast.bus;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Query;

/** A question on its way to its agent, with the moment after which no answer is of use. */
public record QueryAsk<R>(Query<R> query, Deadline deadline) {}
