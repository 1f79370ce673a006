package dev.holdfast.launcher.days;

import java.util.HashMap;
import java.util.Map;

/** What our own database says of a whole data folder, all merchants together. */
final class OwnBooksStore {
  private static final String DOCUMENTS =
      """
      SELECT (SELECT count(*) FROM orders.orders) AS orders,
             (SELECT count(*) FROM aftersales.return_case) AS returns,
             (SELECT count(*) FROM inventory.booking WHERE kind = 'ADJUSTED') AS stock_adjustments,
             (SELECT count(*) FROM payment.adjustment) AS ledger_adjustments,
             (SELECT count(*) FROM orders.unreadable_document) AS unreadable
      """;

  private static final String ORDERS =
      """
      SELECT count(*) AS accepted,
             count(*) FILTER (WHERE status = 'DELIVERED') AS delivered,
             count(*) FILTER (WHERE status = 'HELD') AS held,
             count(*) FILTER (WHERE status IN ('PLACED', 'CONFIRMED', 'SHIPPED')) AS open,
             coalesce(sum(total_minor), 0)::bigint AS ordered_minor,
             coalesce(sum(total_minor) FILTER (WHERE status = 'DELIVERED'), 0)::bigint
               AS delivered_minor
        FROM orders.orders
      """;

  private static final String ORDERS_OF_A_SOURCE =
      """
      SELECT external_number, order_id::text, status
        FROM orders.orders
       WHERE source = ?
      """;

  private static final String REFUSED_ORDERS =
      """
      SELECT refusal_code, count(*)
        FROM orders.orders
       WHERE status = 'REFUSED'
       GROUP BY refusal_code
       ORDER BY refusal_code
      """;

  private static final String LINES =
      """
      SELECT coalesce(sum(l.quantity), 0)::bigint AS ordered_units,
             coalesce(sum(l.quantity) FILTER (
               WHERE o.status = 'DELIVERED' AND l.sku ~ '^[0-9]{5}[A-Za-z]{0,2}$'), 0)::bigint
               AS delivered_goods,
             coalesce(sum(l.returned), 0)::bigint AS returned_units
        FROM orders.order_line l
        JOIN orders.orders o ON o.merchant_id = l.merchant_id AND o.order_id = l.order_id
      """;

  private static final String CLAIMS =
      """
      SELECT coalesce(sum(units), 0)::bigint AS claimed_units
        FROM orders.claim
      """;

  private static final String RETURNS =
      """
      SELECT count(*) FILTER (WHERE status = 'REFUNDED') AS refunded,
             count(*) FILTER (WHERE status IN ('OPEN', 'APPROVED', 'INSPECTED')) AS open,
             coalesce(sum(asked_minor), 0)::bigint AS returned_minor,
             coalesce(sum(refund_minor) FILTER (WHERE status = 'REFUNDED'), 0)::bigint
               AS refunded_minor
        FROM aftersales.return_case
      """;

  private static final String REFUSED_RETURNS =
      """
      SELECT refusal_code, count(*)
        FROM aftersales.return_case
       WHERE status = 'REFUSED'
       GROUP BY refusal_code
       ORDER BY refusal_code
      """;

  private static final String PAYMENTS =
      """
      SELECT coalesce(sum(amount_minor) FILTER (WHERE account = 'authorised'), 0)::bigint AS open,
             coalesce(sum(amount_minor) FILTER (
               WHERE account = 'provider' AND amount_minor > 0), 0)::bigint AS captured,
             coalesce(-sum(amount_minor) FILTER (
               WHERE account = 'provider' AND amount_minor < 0), 0)::bigint AS refunded,
             coalesce(sum(amount_minor), 0)::bigint AS entries_sum,
             (SELECT count(*) FROM payment.operation
               WHERE check_at IS NOT NULL AND state IN ('ASKED', 'TURNING_BACK')) AS undecided
        FROM payment.entry
      """;

  private static final String STOCK =
      """
      SELECT coalesce(sum(units) FILTER (WHERE kind = 'OPENED'), 0)::bigint AS opening,
             coalesce(-sum(units) FILTER (WHERE kind = 'SHIPPED'), 0)::bigint AS sold,
             coalesce(sum(units) FILTER (WHERE kind = 'RESTOCKED'), 0)::bigint AS returned,
             coalesce(sum(units) FILTER (WHERE kind = 'ADJUSTED'), 0)::bigint AS adjusted,
             coalesce(sum(short_units), 0)::bigint AS adjusted_short,
             (SELECT coalesce(sum(on_hand), 0)::bigint FROM inventory.stock) AS on_hand,
             (SELECT coalesce(sum(reserved), 0)::bigint FROM inventory.stock) AS reserved
        FROM inventory.movement
      """;

  private static final String SHELVES =
      """
      SELECT count(*) AS shelves_off
        FROM (SELECT merchant_id, sku, warehouse, sum(units) AS moved
                FROM inventory.movement
               GROUP BY merchant_id, sku, warehouse) m
        FULL JOIN inventory.stock s USING (merchant_id, sku, warehouse)
       WHERE coalesce(m.moved, 0) <> coalesce(s.on_hand, 0)
      """;

  private static final String RESERVED =
      """
      SELECT coalesce(sum(l.units), 0)::bigint AS reserved_by_holders
        FROM inventory.reservation r
        JOIN inventory.reservation_line l
          ON l.merchant_id = r.merchant_id AND l.reservation = r.reservation
       WHERE r.state = 'ACTIVE'
      """;

  private static final String SHIPMENTS =
      """
      SELECT count(*) FILTER (WHERE handed_over_at IS NOT NULL) AS handed_over,
             (SELECT count(*) FROM transport.stray_label) AS stray_labels
        FROM transport.shipment
      """;

  private static final String PLATFORM =
      """
      SELECT committed, unsent,
             (SELECT told - forgotten FROM holdfast.outbox_position) AS published,
             (SELECT count(*) FROM holdfast.dead_letter WHERE closed_at IS NULL) AS dead,
             (SELECT count(*) FROM holdfast.incident WHERE action LIKE 'restart %') AS restarts
        FROM (SELECT count(*) AS committed FROM holdfast.outbox) AS written,
             (SELECT count(*) AS unsent FROM holdfast.outbox_unsent) AS waiting
      """;

  private static final String RUNS =
      """
      SELECT count(*) AS started,
             count(*) FILTER (WHERE status = 'COMPLETED') AS completed,
             count(*) FILTER (WHERE status = 'TURNED_BACK') AS turned_back,
             count(*) FILTER (WHERE status IN ('RUNNING', 'WAITING', 'TURNING_BACK')) AS open,
             count(*) FILTER (WHERE status = 'NEEDS_HUMAN') AS needs_human
        FROM holdfast.run
      """;

  private static final String CONSEQUENCES =
      """
      SELECT count(*) FILTER (WHERE o.customer IS NOT NULL) AS delivered,
             (SELECT coalesce(sum(orders), 0)::bigint FROM customer.customer) AS earned,
             count(*) FILTER (WHERE r.status <> 'COMPLETED') AS not_completed
        FROM orders.orders o
        JOIN holdfast.run r USING (run_id)
       WHERE o.status = 'DELIVERED'
      """;

  /**
   * What keeps the books from being closed. A delivery that its customer has not heard of is an
   * event that was told and not yet handled, or handled by nobody; handling it tells another.
   */
  private static final String UNSETTLED =
      """
      SELECT (SELECT count(*) FROM holdfast.run
               WHERE status IN ('RUNNING', 'TURNING_BACK')
                  OR status = 'WAITING' AND waiting_for IS DISTINCT FROM 'reviewed') AS runs,
             (SELECT count(*) FROM holdfast.run
               WHERE status = 'WAITING' AND waiting_for = 'reviewed') AS held,
             (SELECT count(*) FROM holdfast.outbox_unsent) AS unsent,
             greatest(0,
               (SELECT count(*) FROM orders.orders
                 WHERE status = 'DELIVERED' AND customer IS NOT NULL)
               - (SELECT coalesce(sum(orders), 0)::bigint FROM customer.customer)) AS unheard,
             (SELECT count(*) FROM payment.operation
               WHERE check_at IS NOT NULL AND state IN ('ASKED', 'TURNING_BACK')) AS undecided
      """;

  private final LedgerReader books;

  OwnBooksStore(LedgerReader books) {
    this.books = books;
  }

  Map<String, Books.Order> ordersOf(String source) {
    Map<String, Books.Order> orders = new HashMap<>();
    books.texts(
        ORDERS_OF_A_SOURCE, source, row -> orders.put(row[0], new Books.Order(row[1], row[2])));
    return orders;
  }

  Map<String, Long> documents() {
    return books.figures(DOCUMENTS);
  }

  Map<String, Long> orders() {
    return books.figures(ORDERS);
  }

  Map<String, Long> refusedOrders() {
    return books.counts(REFUSED_ORDERS);
  }

  Map<String, Long> lines() {
    return books.figures(LINES);
  }

  Map<String, Long> claims() {
    return books.figures(CLAIMS);
  }

  Map<String, Long> returns() {
    return books.figures(RETURNS);
  }

  Map<String, Long> refusedReturns() {
    return books.counts(REFUSED_RETURNS);
  }

  Map<String, Long> payments() {
    return books.figures(PAYMENTS);
  }

  Map<String, Long> stock() {
    return books.figures(STOCK);
  }

  Map<String, Long> shelves() {
    return books.figures(SHELVES);
  }

  Map<String, Long> reservations() {
    return books.figures(RESERVED);
  }

  Map<String, Long> shipments() {
    return books.figures(SHIPMENTS);
  }

  Map<String, Long> platform() {
    return books.figures(PLATFORM);
  }

  Map<String, Long> runs() {
    return books.figures(RUNS);
  }

  Map<String, Long> consequences() {
    return books.figures(CONSEQUENCES);
  }

  Map<String, Long> unsettled() {
    return books.figures(UNSETTLED);
  }
}
