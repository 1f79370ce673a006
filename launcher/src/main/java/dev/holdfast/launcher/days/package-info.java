/**
 * Days of a shop: real ones from files, generated ones from a seed, and the books afterwards.
 *
 * <p>A file becomes {@link dev.holdfast.launcher.days.Document}s ({@link
 * dev.holdfast.launcher.days.DayFile}), each of exactly one class. {@link
 * dev.holdfast.launcher.days.ReplayRunner} brings them to the public API: products and opening
 * stock first, then the documents in the files' order, at most 32 at a time, those of one customer
 * one after another. A return waits until all documents of its customer above it have settled, and
 * the later ones of that customer wait for the return. Stock adjustments wait for nobody: the
 * opening stock holds the units of all orders and of all write-offs, so at 1.0 whatever is left
 * covers every write-off at every moment; below 1.0 a write-off takes what is free when it comes.
 *
 * <p>Everything is asked under a key that follows from the document, so a replay that was stopped
 * or killed is simply run again. While the platform is away, requests are repeated under their key
 * for two minutes.
 *
 * <p>{@link dev.holdfast.launcher.days.ReconciliationReport} is read from PostgreSQL and the
 * partners' own ledgers alone; {@link dev.holdfast.launcher.days.BalanceRules} says what does not
 * balance.
 *
 * <p>This is the launcher's command line: it blocks, on threads of its own, and knows nothing of
 * the agents.
 */
package dev.holdfast.launcher.days;
