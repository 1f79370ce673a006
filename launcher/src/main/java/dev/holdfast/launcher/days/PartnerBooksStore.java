package dev.holdfast.launcher.days;

import java.util.Map;

/** What a partner's own database says. */
final class PartnerBooksStore {
  private static final String MONEY =
      """
      SELECT coalesce(sum(amount_minor) FILTER (WHERE kind = 'CAPTURE'), 0)::bigint AS captured,
             coalesce(sum(amount_minor) FILTER (WHERE kind = 'REFUND'), 0)::bigint AS refunded,
             coalesce(sum(amount_minor - captured_minor) FILTER (
               WHERE kind = 'AUTHORISE' AND NOT voided AND captured_minor < amount_minor),
               0)::bigint AS open
        FROM psp.movement
       WHERE declined_for IS NULL
      """;

  private static final String PARCELS =
      """
      SELECT count(*) FILTER (WHERE handed_over_at IS NOT NULL) AS handed_over,
             count(*) FILTER (WHERE handed_over_at IS NULL AND NOT cancelled) AS idle
        FROM carrier.parcel
      """;

  private static final String FAULTS =
      """
      SELECT fault, count(*)
        FROM partner.fault
       GROUP BY fault
       ORDER BY fault
      """;

  private static final String PENDING =
      """
      SELECT (SELECT count(*) FROM partner.notice) + (SELECT count(*) FROM partner.late) AS pending
      """;

  private final LedgerReader books;

  PartnerBooksStore(LedgerReader books) {
    this.books = books;
  }

  /** Of the payment provider. */
  Map<String, Long> money() {
    return books.figures(MONEY);
  }

  /** Of the carriers. */
  Map<String, Long> parcels() {
    return books.figures(PARCELS);
  }

  /** How often each fault really happened. */
  Map<String, Long> faults() {
    return books.counts(FAULTS);
  }

  /** Notices not yet told, requests not yet arrived. */
  Map<String, Long> pending() {
    return books.figures(PENDING);
  }
}
