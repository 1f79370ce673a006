package dev.holdfast.commerce.inventory;

import java.time.Instant;
import java.util.UUID;

/**
 * What moved stock without a reservation.
 *
 * @param source where its document comes from, or null
 * @param externalNumber the document's number there, or null
 * @param reason as it stands in the document, or null
 */
record Booking(
    int merchant,
    UUID id,
    Movement.Kind kind,
    String source,
    String externalNumber,
    String reason,
    Instant at) {

  /** The name under which a document counts once; null where there is none. */
  static String documentOf(int merchant, String source, String externalNumber) {
    return source == null || externalNumber == null
        ? null
        : merchant + "/" + source.length() + "/" + source + "/" + externalNumber;
  }
}
