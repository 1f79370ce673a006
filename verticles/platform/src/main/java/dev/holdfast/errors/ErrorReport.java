package dev.holdfast.errors;

import dev.holdfast.kernel.ErrorCode;
import java.time.Instant;
import java.util.Objects;

/**
 * A failure that ended somewhere. Holds no personal data and no message of an exception.
 *
 * @param id 12 hexadecimal digits; the log has it, and where a client is told, the client
 * @param code what it is
 * @param agent where it ended
 * @param operation what was tried there, such as {@code GET /why/orders/:id}; one of few
 * @param at when it was told
 */
public record ErrorReport(String id, ErrorCode code, String agent, String operation, Instant at) {
  public ErrorReport {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(agent, "agent");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(at, "at");
  }
}
