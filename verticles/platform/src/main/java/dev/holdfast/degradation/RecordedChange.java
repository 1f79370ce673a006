package dev.holdfast.degradation;

import java.time.Instant;
import java.util.List;

/**
 * A change of level as it is kept.
 *
 * @param node on which it was found
 * @param subject {@link LevelChange#PLATFORM}, or the agent's name
 * @param at platform time
 * @param reasons what was down or parked when it did, in words
 */
public record RecordedChange(
    String node, String subject, Level from, Level to, Instant at, List<String> reasons) {
  public RecordedChange {
    reasons = List.copyOf(reasons);
  }

  static RecordedChange of(String node, LevelChange change) {
    return new RecordedChange(
        node,
        change.subject(),
        change.from(),
        change.to(),
        change.at(),
        change.reasons().stream().map(reason -> reason.subject() + ": " + reason.text()).toList());
  }
}
