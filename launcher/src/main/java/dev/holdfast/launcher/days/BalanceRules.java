package dev.holdfast.launcher.days;

import dev.holdfast.launcher.days.ReconciliationReport.Events;
import dev.holdfast.launcher.days.ReconciliationReport.Money;
import dev.holdfast.launcher.days.ReconciliationReport.Orders;
import dev.holdfast.launcher.days.ReconciliationReport.Returns;
import dev.holdfast.launcher.days.ReconciliationReport.Runs;
import dev.holdfast.launcher.days.ReconciliationReport.Stock;
import java.util.ArrayList;
import java.util.List;

/** Whether books balance. What waits for a person may do so; nothing else may be under way. */
final class BalanceRules {
  private final List<String> findings = new ArrayList<>();

  private BalanceRules() {}

  /**
   * What the report's figures are held against, read beside them.
   *
   * @param deliveredMinor total of the delivered orders
   * @param deliveredGoods units of stocked codes in them
   * @param returnedUnits that the orders' lines count as returned
   * @param claimedUnits that returns have claimed
   * @param refundsMinor of the refunded returns
   * @param authorisedMinor still open by our ledger
   * @param providerAuthorisedMinor still open by the provider's
   * @param entriesSum of all entries of our ledger
   * @param undecided payment operations whose end is not known
   * @param shelvesOff shelves that are not the sum of their movements
   * @param reservedByHolders units in active reservations
   * @param handedOver shipments that left, by our books
   * @param carriersHandedOver by the carriers'
   * @param idleLabels valid labels at the carriers without a parcel
   */
  record Cross(
      long deliveredMinor,
      long deliveredGoods,
      long returnedUnits,
      long claimedUnits,
      long refundsMinor,
      long authorisedMinor,
      long providerAuthorisedMinor,
      long entriesSum,
      long undecided,
      long shelvesOff,
      long reservedByHolders,
      long handedOver,
      long carriersHandedOver,
      long idleLabels) {}

  /** What does not balance, one sentence each with what to look at; empty when all does. */
  static List<String> findings(
      long documents,
      Orders orders,
      Returns returns,
      Money money,
      Stock stock,
      Events events,
      Runs runs,
      Cross cross) {
    BalanceRules rules = new BalanceRules();
    rules.orders(documents, orders, returns);
    rules.money(money, cross);
    rules.stock(stock, orders, cross);
    rules.parcels(cross);
    rules.work(orders, events, runs);
    return List.copyOf(rules.findings);
  }

  private void orders(long documents, Orders orders, Returns returns) {
    equal(
        "orders recorded",
        documents,
        "orders delivered, refused, held and open",
        orders.delivered() + orders.refusedInAll() + orders.held() + orders.open(),
        "orders.orders by status");
    zero(
        "orders are open",
        orders.open(),
        "GET /runs?status=RUNNING and WAITING on the management port");
    zero("returns are open", returns.open(), "aftersales.return_case and their runs");
  }

  private void money(Money money, Cross cross) {
    equal(
        "captured by our ledger",
        money.capturedMinor(),
        "captured by the provider's",
        money.providerCapturedMinor(),
        "payment.operation against psp.movement of kind CAPTURE");
    equal(
        "refunded by our ledger",
        money.refundedMinor(),
        "refunded by the provider's",
        money.providerRefundedMinor(),
        "payment.operation against psp.movement of kind REFUND");
    equal(
        "captured",
        money.capturedMinor(),
        "the total of delivered orders",
        cross.deliveredMinor(),
        "payment.payment against orders.orders");
    equal(
        "refunded",
        money.refundedMinor(),
        "the total of refunded returns",
        cross.refundsMinor(),
        "payment.operation of kind REFUND against aftersales.return_case");
    zero("is the sum of our ledger", cross.entriesSum(), "payment.entry by transaction");
    zero(
        "is authorised and neither captured nor voided, by our ledger",
        cross.authorisedMinor(),
        "payment.payment with status AUTHORISED");
    zero(
        "is authorised and neither captured nor voided, by the provider's",
        cross.providerAuthorisedMinor(),
        "psp.movement of kind AUTHORISE");
    zero(
        "payment operations are undecided",
        cross.undecided(),
        "payment.operation with state ASKED or TURNING_BACK");
  }

  private void stock(Stock stock, Orders orders, Cross cross) {
    zero("units are missing on the shelves", stock.difference(), "inventory.movement by kind");
    zero(
        "shelves are not the sum of their movements",
        cross.shelvesOff(),
        "inventory.stock against inventory.movement");
    equal(
        "units reserved on the shelves",
        stock.reserved(),
        "units in active reservations",
        cross.reservedByHolders(),
        "inventory.reservation with state ACTIVE");
    if (orders.held() + orders.open() == 0) {
      zero(
          "units are reserved for nobody",
          stock.reserved(),
          "inventory.reservation with state ACTIVE");
    }
    equal(
        "units sold",
        stock.sold(),
        "units of goods in delivered orders",
        cross.deliveredGoods(),
        "inventory.movement of kind SHIPPED against orders.order_line");
    equal(
        "units returned by the orders' lines",
        cross.returnedUnits(),
        "units claimed by returns",
        cross.claimedUnits(),
        "orders.order_line against orders.claim");
  }

  private void parcels(Cross cross) {
    equal(
        "shipments handed over by our books",
        cross.handedOver(),
        "parcels taken over by the carriers'",
        cross.carriersHandedOver(),
        "transport.shipment against carrier.parcel");
    zero("valid labels belong to no parcel", cross.idleLabels(), "carrier.parcel not handed over");
  }

  private void work(Orders orders, Events events, Runs runs) {
    zero("events are unsent", events.unsent(), "Kafka, and holdfast.outbox_unsent");
    equal(
        "events committed",
        events.committed(),
        "published and unsent",
        events.published() + events.unsent(),
        "holdfast.outbox against holdfast.outbox_position");
    zero("dead letters are open", events.dead(), "GET /dead-letters on the management port");
    equal(
        "open runs",
        runs.open(),
        "orders that wait for a person",
        orders.held(),
        "GET /runs on the management port");
    zero("runs need a person", runs.needsHuman(), "GET /runs?status=NEEDS_HUMAN");
  }

  private void equal(String what, long left, String other, long right, String look) {
    if (left != right) {
      findings.add("%s: %d, %s: %d; look at %s".formatted(what, left, other, right, look));
    }
  }

  private void zero(String what, long figure, String look) {
    if (figure != 0) {
      findings.add("%d %s; look at %s".formatted(figure, what, look));
    }
  }
}
