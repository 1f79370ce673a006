package dev.holdfast.supervision;

import dev.holdfast.recovery.RungName;
import java.util.Map;

/**
 * What the incidents since the supervisor's start come to.
 *
 * @param open not ended yet
 * @param ended by outcome
 * @param taken rungs by how often they were taken
 * @param recoveredPerMille of the faults that came to an end, how many of a thousand did so by a
 *     proof; a chain of relapses is one fault. 1,000 before the first
 * @param meanMsToDetect from fault to detection (MTTD), in milliseconds; 0 before the first
 * @param meanMsToProof from the first fault to the proof (MTTR), in milliseconds, of those that
 *     recovered; 0 before the first
 * @param longestMsToProof the longest of them
 */
public record IncidentSummary(
    int open,
    Map<Incident.Outcome, Long> ended,
    Map<RungName, Long> taken,
    long recoveredPerMille,
    long meanMsToDetect,
    long meanMsToProof,
    long longestMsToProof) {
  public IncidentSummary {
    ended = Map.copyOf(ended);
    taken = Map.copyOf(taken);
  }
}
