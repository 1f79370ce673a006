/**
 * Work across agents that must come to an end: definitions as step graphs, and the runner that
 * walks them.
 *
 * <p>A run's journal is the recorded replies of its commands, plus its turns: decisions that
 * replies don't give again, such as a signal that came first, a time that passed, or turning back.
 * A turn is one update of the run's row, guarded by the node's fence, committed before the first
 * command that it causes. Between two waits nothing has to be written: after a crash the segment's
 * commands are asked again, under the same ids, and the agents give the recorded replies. What they
 * tell again, that a milestone was reached or a wait begun, is noted in the row some time later.
 *
 * <p>A run tells with each first ask what it would ask next ({@link
 * dev.holdfast.bus.Continuation}), so that agents of the same process can take consecutive steps in
 * one transaction. The run itself goes the same way after the commit and takes the answers it finds
 * there; a step that did not go along is asked as ever. A run whose chain may have come to its
 * pivot is not turned back for an answer that is missing.
 *
 * <p>Before its pivot a run that is refused, cancelled or out of time turns back: every step that
 * has an undo and is not known refused is undone in reverse, also one whose answer never came.
 * After the pivot it only goes forward. What can go neither way, because an undo or a step behind
 * the pivot is refused, waits for a person with its reason. Set going again, it asks what was
 * refused as another command, as long as replies of that day are kept.
 *
 * <p>A node walks its own runs. Those of a node whose lease ran out are taken over by another,
 * which fences it off first; the former owner's turns then change no row. Open runs of a node that
 * it does not walk, because an answer of the database was lost, are found in their rows.
 *
 * <p>Each step is a span below the command that started the run, whose {@code traceparent} stands
 * in the run's row, so that it is the same trace after a wait, a restart, on another node.
 *
 * <p>Limits: {@link dev.holdfast.workflow.RunnerSettings}.
 */
package dev.holdfast.workflow;
