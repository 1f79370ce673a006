package dev.holdfast.agent;

import dev.holdfast.trace.Span;
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
 * @param trace what its steps are done for: the command that starts it
 */
public record RunStart(
    UUID runId, int merchant, String definition, String parkingKey, Object input, Span trace) {
  public RunStart {
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(definition, "definition");
    Objects.requireNonNull(parkingKey, "parkingKey");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(trace, "trace");
  }

  /** As agents want it; the lane knows what it is a part of. */
  public RunStart(UUID runId, int merchant, String definition, String parkingKey, Object input) {
    this(runId, merchant, definition, parkingKey, input, Span.NONE);
  }

  /** The same as a part of something. */
  RunStart within(Span span) {
    return new RunStart(runId, merchant, definition, parkingKey, input, span);
  }
}
