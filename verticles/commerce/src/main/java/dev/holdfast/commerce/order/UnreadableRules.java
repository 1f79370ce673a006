package dev.holdfast.commerce.order;

import dev.holdfast.agent.Decision;
import dev.holdfast.commerce.order.OrderProtocol.RecordUnreadable;
import dev.holdfast.commerce.order.OrderProtocol.UnreadableRecorded;
import dev.holdfast.commerce.shared.Field;
import dev.holdfast.kernel.Refusal;
import java.time.Instant;
import java.util.UUID;

/** Documents that were refused because they cannot be read are kept as such. */
final class UnreadableRules {
  private static final int MAX_FILE = 255;
  private static final int MAX_REASON = 500;

  private UnreadableRules() {}

  /**
   * A document to be kept.
   *
   * @param at when it was told
   */
  record Unreadable(UUID id, RecordUnreadable told, Instant at) {}

  static Decision record(OrderBook book, RecordUnreadable told, UUID id, Instant now) {
    Refusal refusal =
        Field.first(
            () -> Field.text("source", told.source(), Field.MAX_NUMBER),
            () -> Field.textOrNull("externalNumber", told.externalNumber(), Field.MAX_NUMBER),
            () -> Field.text("file", told.file(), MAX_FILE),
            () -> Field.text("reason", told.reason(), MAX_REASON),
            () -> told.line() < 1 ? Field.invalid("line", "must be 1 or more") : null);
    if (refusal != null) {
      return Decision.rejected(refusal);
    }
    book.keep(new Unreadable(id, told, now));
    return Decision.done(new UnreadableRecorded(id));
  }
}
