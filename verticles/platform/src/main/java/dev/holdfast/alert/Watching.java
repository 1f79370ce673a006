package dev.holdfast.alert;

/**
 * What is remembered of a condition that holds, or held a short while ago, for one subject.
 *
 * @param firing whether there is an alert of it
 * @param held whether it held at the last look
 * @param sinceNanos since when it has held
 * @param lastNanos when it held last
 */
record Watching(boolean firing, boolean held, long sinceNanos, long lastNanos) {}
