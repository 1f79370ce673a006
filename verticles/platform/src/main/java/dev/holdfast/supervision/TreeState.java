package dev.holdfast.supervision;

import java.util.List;
import java.util.Optional;

/**
 * What is known of all children at one moment, and what the supervisor has counted since it began.
 *
 * @param children in the order of their start
 * @param orphans lives that did not end within their stop deadline and were left behind
 * @param droppedStarts instances that were given a stuck loop and tried again on another
 * @param pauses times the machine stood still
 * @param outages reports and failed starts that were an outage and therefore nobody's crash
 * @param droppedReports crash reports that came while too many were waiting
 * @param unwrittenIncidents incidents that wait for the database
 * @param droppedIncidents incidents that were never written, because too many were waiting
 */
public record TreeState(
    List<ChildState> children,
    long orphans,
    long droppedStarts,
    long pauses,
    long outages,
    long droppedReports,
    int unwrittenIncidents,
    long droppedIncidents) {

  public TreeState {
    children = List.copyOf(children);
  }

  /** The child of that id, if the tree has it. */
  public Optional<ChildState> child(String id) {
    return children.stream().filter(child -> child.id().equals(id)).findFirst();
  }

  /** Restarts of all children for all reasons. */
  public long restarts() {
    return children.stream().mapToLong(ChildState::restartCount).sum();
  }

  /** Every child that is not over runs and has done real work. */
  public boolean isWell() {
    return children.stream().allMatch(child -> child.isWell() || child.phase() == Phase.ENDED);
  }
}
