package dev.holdfast.supervision;

import dev.holdfast.recovery.RungName;
import dev.holdfast.supervision.Incident.Outcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Adds incidents up when they end; confined to the supervisor's loop. */
final class IncidentTotals {
  private final Map<Outcome, Long> ended = new EnumMap<>(Outcome.class);
  private final Map<RungName, Long> taken = new EnumMap<>(RungName.class);
  private Duration toDetection = Duration.ZERO;
  private Duration toProof = Duration.ZERO;
  private Duration longest = Duration.ZERO;

  /** Takes an incident that has ended. */
  void count(Incident incident) {
    ended.merge(incident.outcome(), 1L, Long::sum);
    taken.merge(incident.choice().rung(), 1L, Long::sum);
    toDetection = toDetection.plus(incident.times().toDetection());
    incident.times().toProof().ifPresent(this::proven);
  }

  private void proven(Duration time) {
    toProof = toProof.plus(time);
    longest = time.compareTo(longest) > 0 ? time : longest;
  }

  IncidentSummary summary(int open) {
    long all = ended.values().stream().mapToLong(Long::longValue).sum();
    long recovered = ended.getOrDefault(Outcome.RECOVERED, 0L);
    long lost = ended.getOrDefault(Outcome.PARKED, 0L);
    return new IncidentSummary(
        open,
        ended,
        taken,
        recovered + lost == 0 ? 1_000 : recovered * 1_000 / (recovered + lost),
        all == 0 ? 0 : toDetection.toMillis() / all,
        recovered == 0 ? 0 : toProof.toMillis() / recovered,
        longest.toMillis());
  }
}
