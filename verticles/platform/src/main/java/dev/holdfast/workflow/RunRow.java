package dev.holdfast.workflow;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A run as it stands in its row.
 *
 * @param position the node at which the present segment began; where undoing began when it turns
 *     back
 * @param segmentOn the day that the segment's commands bear
 * @param memory folded steps, JSON
 * @param waitingFor the signal, or null
 * @param dueAt platform time after which it waits no longer, or null
 * @param reason the refusal for which it turned back or needs a person, JSON, or null
 * @param milestone or null before it is reached
 * @param traceparent what its steps are parts of, or null
 */
record RunRow(
    UUID runId,
    int merchant,
    String definition,
    int version,
    String parkingKey,
    RunStatus status,
    int position,
    LocalDate segmentOn,
    String input,
    String memory,
    String waitingFor,
    Instant dueAt,
    String reason,
    Milestone milestone,
    String traceparent) {
  /** The memory of a run that asked nothing yet. */
  static final String NOTHING = "{}";

  RunRow at(RunStatus newStatus, int newPosition, LocalDate newSegmentOn, String newMemory) {
    return with(newStatus, newPosition, newSegmentOn, newMemory, null, null, reason, milestone);
  }

  RunRow waiting(String signal, Instant due) {
    return with(RunStatus.WAITING, position, segmentOn, memory, signal, due, reason, milestone);
  }

  RunRow because(String newReason) {
    return with(status, position, segmentOn, memory, waitingFor, dueAt, newReason, milestone);
  }

  RunRow reached(Milestone newMilestone) {
    return with(status, position, segmentOn, memory, waitingFor, dueAt, reason, newMilestone);
  }

  private RunRow with(
      RunStatus newStatus,
      int newPosition,
      LocalDate newSegmentOn,
      String newMemory,
      String signal,
      Instant due,
      String newReason,
      Milestone newMilestone) {
    return new RunRow(
        runId,
        merchant,
        definition,
        version,
        parkingKey,
        newStatus,
        newPosition,
        newSegmentOn,
        input,
        newMemory,
        signal,
        due,
        newReason,
        newMilestone,
        traceparent);
  }
}
