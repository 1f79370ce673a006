package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.RequestReturn;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnLine;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnReason;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Terms;
import dev.holdfast.commerce.order.OrderProtocol.Placed;
import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.launcher.settings.FaultSettings;
import dev.holdfast.launcher.settings.GuardsSettings;
import dev.holdfast.launcher.settings.PartnerSettings;
import dev.holdfast.launcher.settings.Settings;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each fault of both partners, twenty times and more, under a day's orders and returns. */
class PartnerFaultsIT {
  private static final int SEED = 42;

  /** Declines, timeouts, errors, slow and late answers; notices twice and late. */
  private static final FaultSettings OF_PAYMENT =
      new FaultSettings(120, 0, 0, 80, 80, 80, 80, 200, 200);

  /**
   * The same of carriers, who refuse or ignore labels where a card is declined. Not many of them:
   * an order whose label some refuse and the others ignore goes on trying for ten minutes.
   */
  private static final FaultSettings OF_CARRIERS =
      new FaultSettings(0, 80, 80, 100, 80, 80, 110, 200, 200);

  /**
   * Openings are short: the shipped minute, doubled whenever one of three probes meets a fault,
   * would leave the rest of a day waiting. The provider's breaker opens often; the carriers' as
   * shipped, since an order whose carriers are all left alone goes round among them.
   */
  private static final GuardsSettings GUARDS =
      Settings.shipped()
          .guards()
          .with(preset -> preset.opensFor(300))
          .with("database", preset -> preset.opensAt(3, 20))
          .with("payment-provider", "database");

  @RegisterExtension
  static final PlatformExtension PLATFORM =
      new PlatformExtension(
              new PartnerSettings(SEED, 300, 300, 1_500, 1_000, 0, OF_PAYMENT, OF_CARRIERS))
          .with(GUARDS);

  private static final String SKU = "50030";
  private static final int ORDERS = 400;

  /** Every so-many-th order is called off, another one comes back. */
  private static final int CANCELLED_EACH = 8;

  private static final int RETURNED_EACH = 5;
  private static final long FEWEST = 20;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private static final String PAYMENT_FAULTS =
      """
      SELECT count(*) FILTER (WHERE fault = 'DECLINE') AS declined,
             count(*) FILTER (WHERE fault = 'TIMEOUT_AFTER_SUCCESS') AS timed_out,
             count(*) FILTER (WHERE fault = 'ERROR_AFTER_SUCCESS') AS failed,
             count(*) FILTER (WHERE fault = 'SLOW') AS slow,
             count(*) FILTER (WHERE fault = 'ARRIVES_LATE') AS late,
             count(*) FILTER (WHERE fault = 'DUPLICATE_NOTICE') AS told_twice,
             count(*) FILTER (WHERE fault = 'LATE_NOTICE') AS told_late
        FROM partner.fault
      """;

  private static final String CARRIER_FAULTS =
      """
      SELECT count(*) FILTER (WHERE fault = 'LABEL_REFUSED') AS refused,
             count(*) FILTER (WHERE fault = 'LABEL_UNAVAILABLE') AS unavailable,
             count(*) FILTER (WHERE fault = 'TIMEOUT_AFTER_SUCCESS') AS timed_out,
             count(*) FILTER (WHERE fault = 'ERROR_AFTER_SUCCESS') AS failed,
             count(*) FILTER (WHERE fault = 'SLOW') AS slow,
             count(*) FILTER (WHERE fault = 'ARRIVES_LATE') AS late,
             count(*) FILTER (WHERE fault = 'DUPLICATE_NOTICE') AS told_twice,
             count(*) FILTER (WHERE fault = 'LATE_NOTICE') AS told_late
        FROM partner.fault
      """;

  private static final String HELD_BACK =
      """
      SELECT (SELECT count(*) FROM partner.late) AS late,
             (SELECT count(*) FROM partner.notice) AS notices
      """;

  private static final Map<String, Long> NOTHING = Map.of("late", 0L, "notices", 0L);

  private static final String OPEN_RETURNS =
      "SELECT count(*) FILTER (WHERE status <> 'REFUNDED') AS open, count(*) AS all_of_them"
          + " FROM aftersales.return_case";

  private static final String ENDS =
      """
      SELECT count(*) AS orders,
             count(*) FILTER (WHERE status IN ('DELIVERED', 'REFUSED')) AS ended,
             (SELECT count(*) FROM holdfast.dead_letter) AS dead,
             (SELECT sum(reserved)::bigint FROM inventory.stock) AS reserved,
             (SELECT coalesce(sum(amount_minor), 0)::bigint FROM payment.entry
               WHERE account = 'authorised') AS authorised,
             (SELECT count(*) FROM orders.orders JOIN payment.payment USING (merchant_id, order_id)
               WHERE (orders.status = 'DELIVERED') <> (captured_minor = total_minor)) AS mismatched
        FROM orders.orders
      """;

  private static final String OPEN_OR_DOUBLE =
      """
      SELECT count(*) FILTER (
               WHERE kind = 'AUTHORISE' AND NOT voided AND captured_minor = 0) AS open,
             count(*) FILTER (WHERE kind = 'CAPTURE')
               - count(DISTINCT authorisation) FILTER (WHERE kind = 'CAPTURE') AS doubled
        FROM psp.movement
       WHERE declined_for IS NULL
      """;

  /** What was moved for every order, as one number: a digest of all of them in their order. */
  private static final String THEIR_MONEY =
      """
      SELECT ('x' || left(md5(string_agg(line, ',' ORDER BY line)), 15))::bit(60)::bigint AS digest,
             sum(captured)::bigint AS captured, sum(refunded)::bigint AS refunded
        FROM (SELECT split_part(key, '.', 4) AS order_id,
                     sum(amount_minor) FILTER (WHERE kind = 'CAPTURE') AS captured,
                     coalesce(sum(amount_minor) FILTER (WHERE kind = 'REFUND'), 0) AS refunded,
                     split_part(key, '.', 4)
                       || ' ' || sum(amount_minor) FILTER (WHERE kind = 'CAPTURE')
                       || ' ' || coalesce(sum(amount_minor) FILTER (WHERE kind = 'REFUND'), 0)
                       AS line
                FROM psp.movement
               WHERE kind IN ('CAPTURE', 'REFUND') AND declined_for IS NULL
               GROUP BY 1) AS moved
      """;

  private static final String OUR_MONEY =
      """
      SELECT ('x' || left(md5(string_agg(line, ',' ORDER BY line)), 15))::bit(60)::bigint AS digest,
             sum(captured_minor)::bigint AS captured, sum(refunded_minor)::bigint AS refunded
        FROM (SELECT captured_minor, refunded_minor,
                     order_id || ' ' || captured_minor || ' ' || refunded_minor AS line
                FROM payment.payment
               WHERE captured_minor > 0) AS moved
      """;

  private static final String OUR_LEDGER =
      """
      SELECT coalesce(sum(amount_minor) FILTER (WHERE amount_minor > 0), 0)::bigint AS captured,
             coalesce(-sum(amount_minor) FILTER (WHERE amount_minor < 0), 0)::bigint AS refunded
        FROM payment.entry
       WHERE account = 'provider'
      """;

  private static final String THEIR_LABELS =
      """
      SELECT ('x' || left(md5(string_agg(tracking, ',' ORDER BY tracking)), 15))::bit(60)::bigint
               AS digest,
             count(*) AS labels,
             count(*) - count(DISTINCT split_part(key, '.', 4)) AS doubled
        FROM carrier.parcel
       WHERE NOT cancelled
      """;

  private static final String OUR_LABELS =
      """
      SELECT ('x' || left(md5(string_agg(tracking, ',' ORDER BY tracking)), 15))::bit(60)::bigint
               AS digest,
             count(*) AS labels,
             0::bigint AS doubled
        FROM transport.shipment
       WHERE state = 'DELIVERED'
      """;

  private final Till till = new Till(PLATFORM, "faults");

  @Test
  void whatever_partners_do_twenty_times_the_books_agree_and_nothing_stays_open() throws Exception {
    till.stock(SKU, 1_000_000);
    List<Future<Answer<Placed>>> asked = new ArrayList<>();
    for (int number = 1; number <= ORDERS; number++) {
      asked.add(till.place("c" + number, SKU, 2, LIMIT));
    }
    List<UUID> orders = new ArrayList<>();
    for (Future<Answer<Placed>> order : asked) {
      orders.add(order.await(LIMIT.toSeconds(), TimeUnit.SECONDS).outcome().orThrow().order());
    }
    for (int at = 0; at < ORDERS; at += CANCELLED_EACH) {
      // Too late for some, which is an answer too.
      var unused = till.cancel(orders.get(at), LIMIT).await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
    till.awaitSettled();
    bringBack(orders);
    till.awaitSettled();
    awaitEvenBooks();

    Map<String, Long> payments = till.providerBooks(PAYMENT_FAULTS);
    Map<String, Long> carriers = till.carrierBooks(CARRIER_FAULTS);
    System.out.println("faults of payments " + payments + ", of carriers " + carriers);
    payments.forEach((fault, times) -> assertTrue(times >= FEWEST, fault + " in " + payments));
    carriers.forEach((fault, times) -> assertTrue(times >= FEWEST, fault + " in " + carriers));
    assertEquals(
        Map.of(
            "orders",
            (long) ORDERS,
            "ended",
            (long) ORDERS,
            "dead",
            0L,
            "reserved",
            0L,
            "authorised",
            0L,
            "mismatched",
            0L),
        till.books(ENDS));
    assertEquals(Map.of("open", 0L, "doubled", 0L), till.providerBooks(OPEN_OR_DOUBLE));
    Map<String, Long> money = till.providerBooks(THEIR_MONEY);
    assertEquals(money, till.books(OUR_MONEY));
    assertEquals(
        Map.of("captured", money.get("captured"), "refunded", money.get("refunded")),
        till.books(OUR_LEDGER));
    assertEquals(till.books(OUR_LABELS), till.carrierBooks(THEIR_LABELS));
    System.out.println("openings of breakers " + PLATFORM.openings());
    assertTrue(PLATFORM.openings() > 0, "no breaker opened");
    assertEquals(0, PLATFORM.restarts(), "a partner's fault is nobody's crash");
  }

  /** One of two units, of every so-many-th order that was delivered. */
  private void bringBack(List<UUID> orders) throws Exception {
    List<Future<?>> asked = new ArrayList<>();
    for (int at = 1; at < ORDERS; at += RETURNED_EACH) {
      if (till.books(isDelivered(orders.get(at))).get("delivered") == 1) {
        asked.add(
            PLATFORM
                .bus()
                .ask(
                    Ask.first(
                        till.id("return-" + at),
                        takeback("c" + (at + 1), orders.get(at)),
                        till.in(LIMIT))));
      }
    }
    for (Future<?> one : asked) {
      one.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
    await()
        .atMost(LIMIT)
        .until(
            () -> till.books(OPEN_RETURNS),
            Map.of("open", 0L, "all_of_them", (long) asked.size())::equals);
  }

  private static String isDelivered(UUID order) {
    return "SELECT count(*) AS delivered FROM orders.orders WHERE order_id = '%s' AND status = 'DELIVERED'"
        .formatted(order);
  }

  private static RequestReturn takeback(String customer, UUID order) {
    return new RequestReturn(
        Till.MERCHANT,
        null,
        null,
        customer,
        order,
        List.of(new ReturnLine(SKU, 1, new BigDecimal("2.50"))),
        "GBP",
        ReturnReason.OTHER,
        Instant.parse("2026-11-05T10:00:00Z"),
        Terms.AS_RECORDED);
  }

  /** Nothing is held up any more, and what turned up late is taken back. */
  private void awaitEvenBooks() {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(250))
        .until(
            () ->
                till.providerBooks(HELD_BACK).equals(NOTHING)
                    && till.carrierBooks(HELD_BACK).equals(NOTHING));
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(250))
        .until(
            () ->
                till.providerBooks(OPEN_OR_DOUBLE).get("open") == 0
                    && till.carrierBooks(THEIR_LABELS).equals(till.books(OUR_LABELS)));
  }
}
