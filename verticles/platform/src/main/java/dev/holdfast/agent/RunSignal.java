package dev.holdfast.agent;

import java.util.Objects;
import java.util.UUID;

/**
 * Something a run is told from outside. The first signal under a name counts, later ones are passed
 * over; a signal may come before the run waits for it.
 *
 * @param runId the run
 * @param name what it waits for
 * @param body a record
 */
public record RunSignal(UUID runId, String name, Object body) {
  public RunSignal {
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(body, "body");
  }
}
