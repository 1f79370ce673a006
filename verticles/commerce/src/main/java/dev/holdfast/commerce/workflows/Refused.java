package dev.holdfast.commerce.workflows;

import dev.holdfast.bus.RecordJson;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.workflow.Milestone;
import java.util.UUID;

/**
 * The answer to a request whose run turned back, in the shape of RFC 9457.
 *
 * @param id of the order or return that was refused
 */
record Refused(
    String type, String title, int status, String detail, String code, boolean retryable, UUID id) {

  static Milestone answer(Refusal why, UUID id) {
    int status = why.kind() == Refusal.Kind.INVALID ? 422 : 409;
    return new Milestone(
        status,
        RecordJson.write(
            new Refused(
                "about:blank", "It was refused.", status, why.message(), why.code(), false, id)));
  }
}
