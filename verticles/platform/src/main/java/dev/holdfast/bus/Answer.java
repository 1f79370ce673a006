package dev.holdfast.bus;

import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Outcome;

/**
 * What an asker gets: the outcome, and how it came about.
 *
 * @param id under which the outcome is recorded; differs from the asker's day when another asker
 *     came first under the same key
 * @param outcome as recorded
 * @param replayed whether it was recorded before this ask
 */
public record Answer<R>(CommandId id, Outcome<R> outcome, boolean replayed) {}
