/**
 * What failed: one table of errors, one place that reports them, one form that survives them.
 *
 * <p>Every room declares its codes and judges its own exceptions ({@link
 * dev.holdfast.kernel.ErrorCodes}); {@link dev.holdfast.errors.ErrorTable} puts them together, and
 * {@code docs/errors.md} shows them. A code has one of the three kinds (refusal, outage, bug), and
 * refines it: category, severity, recovery. Nothing is judged by the words of a message.
 *
 * <p>{@link dev.holdfast.errors.ErrorReports} is told where a failure ends: at an HTTP answer, at a
 * dead letter, where somebody goes on without. It counts {@code holdfast_failures_total}, writes
 * one structured line without personal data (exceptions appear as types and frames; the message of
 * an outage alone is for operators) and tells those who asked to hear of a category. Bugs are
 * logged every time, under an id of their own; an outage once a minute for each agent, operation
 * and code.
 *
 * <p>{@link dev.holdfast.errors.SafeExecution} runs what others can do without: it never fails, and
 * gives the value or the fallback. Nothing whose failure must reach an asker belongs in it.
 *
 * <p>Imports the kernel and telemetry alone; safe on any thread.
 */
package dev.holdfast.errors;
