package dev.holdfast.agent;

import java.util.Objects;
import java.util.UUID;

/**
 * A workflow run to be started in the transaction of the command that wants it.
 *
 * @param runId derived from what it is for, so that it starts once
 * @param merchant the tenant, 1 or more
 * @param definition the workflow's name
 * @param parkingKey what its dead letters are kept under
 * @param input the definition's input record
 */
public record RunStart(
    UUID runId, int merchant, String definition, String parkingKey, Object input) {
  public RunStart {
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(definition, "definition");
    Objects.requireNonNull(parkingKey, "parkingKey");
    Objects.requireNonNull(input, "input");
  }
}
