package dev.holdfast.launcher.days;

import dev.holdfast.launcher.days.BalanceRules.Cross;
import dev.holdfast.launcher.days.LedgerReader.LedgerUnreadable;
import dev.holdfast.launcher.days.ReconciliationReport.Documents;
import dev.holdfast.launcher.days.ReconciliationReport.Events;
import dev.holdfast.launcher.days.ReconciliationReport.Money;
import dev.holdfast.launcher.days.ReconciliationReport.Orders;
import dev.holdfast.launcher.days.ReconciliationReport.Returns;
import dev.holdfast.launcher.days.ReconciliationReport.Runs;
import dev.holdfast.launcher.days.ReconciliationReport.Stock;
import java.util.Map;
import java.util.function.Supplier;

/** All books together, read once each. */
public final class Books {
  private final Supplier<Ledgers> ledgers;

  /**
   * Books that may move while the platform is started again.
   *
   * @param ledgers asked before every reading; may fail while no platform runs
   */
  public Books(Supplier<Ledgers> ledgers) {
    this.ledgers = ledgers;
  }

  /**
   * The report of this moment; to be asked when everything has settled.
   *
   * @param level of degradation now
   * @param seconds that the command took
   */
  public ReconciliationReport report(int level, double seconds) {
    Ledgers where = where();
    try (LedgerReader own = new LedgerReader(where.own());
        LedgerReader provider = new LedgerReader(where.provider());
        LedgerReader carriers = new LedgerReader(where.carriers())) {
      return report(
          new OwnBooksStore(own),
          new PartnerBooksStore(provider),
          new PartnerBooksStore(carriers),
          level,
          seconds);
    }
  }

  private Ledgers where() {
    try {
      return ledgers.get();
    } catch (RuntimeException away) {
      throw new LedgerUnreadable("it is not known now where the books are", away);
    }
  }

  /** How often each fault of a partner really happened, both partners together. */
  public Map<String, Long> faults() {
    Ledgers where = where();
    try (LedgerReader provider = new LedgerReader(where.provider());
        LedgerReader carriers = new LedgerReader(where.carriers())) {
      Map<String, Long> faults = new PartnerBooksStore(provider).faults();
      new PartnerBooksStore(carriers)
          .faults()
          .forEach((fault, times) -> faults.merge(fault, times, Long::sum));
      return faults;
    }
  }

  /**
   * An order as it is recorded.
   *
   * @param id of the order
   * @param status where it stands
   */
  public record Order(String id, String status) {}

  /** The orders that came from a place, by the number they have there. */
  public Map<String, Order> orders(String source) {
    try (LedgerReader own = new LedgerReader(where().own())) {
      return new OwnBooksStore(own).ordersOf(source);
    }
  }

  /**
   * What follows when orders are delivered, beyond the books.
   *
   * @param delivered orders that were delivered to customers with a number
   * @param earned orders for which customers earned points; they hear of them by events
   * @param notCompleted delivered orders whose runs have another end, or none
   */
  public record Consequences(long delivered, long earned, long notCompleted) {}

  /** What has followed so far from all delivered orders. */
  public Consequences consequences() {
    try (LedgerReader own = new LedgerReader(where().own())) {
      Map<String, Long> figures = new OwnBooksStore(own).consequences();
      return new Consequences(
          figures.get("delivered"), figures.get("earned"), figures.get("not_completed"));
    }
  }

  /**
   * What is still under way, by kind; all 0 when everything has settled.
   *
   * @param reviewed whether orders that wait for a person count as under way
   */
  Map<String, Long> unsettled(boolean reviewed) {
    Ledgers where = where();
    try (LedgerReader own = new LedgerReader(where.own());
        LedgerReader provider = new LedgerReader(where.provider());
        LedgerReader carriers = new LedgerReader(where.carriers())) {
      Map<String, Long> unsettled = new OwnBooksStore(own).unsettled();
      if (!reviewed) {
        unsettled.remove("held");
      }
      unsettled.putAll(new PartnerBooksStore(provider).pending());
      new PartnerBooksStore(carriers)
          .pending()
          .forEach((what, count) -> unsettled.merge(what, count, Long::sum));
      return unsettled;
    }
  }

  private static ReconciliationReport report(
      OwnBooksStore own,
      PartnerBooksStore provider,
      PartnerBooksStore carriers,
      int level,
      double seconds) {
    Map<String, Long> orderFigures = own.orders();
    Map<String, Long> returnFigures = own.returns();
    Map<String, Long> lines = own.lines();
    Map<String, Long> payments = own.payments();
    Map<String, Long> theirs = provider.money();
    Map<String, Long> platform = own.platform();
    Documents documents = documents(own.documents());
    Orders orders = orders(orderFigures, own.refusedOrders());
    Returns returns =
        new Returns(returnFigures.get("refunded"), own.refusedReturns(), returnFigures.get("open"));
    Money money = money(orderFigures, lines, returnFigures, payments, theirs);
    Stock stock = stock(own.stock());
    Events events = events(platform);
    Runs runs = runs(own.runs());
    Map<String, Long> parcels = carriers.parcels();
    Cross cross = cross(own, orderFigures, returnFigures, lines, payments, theirs, parcels);
    var findings =
        BalanceRules.findings(
            documents.orders(), orders, returns, money, stock, events, runs, cross);
    return new ReconciliationReport(
        documents,
        orders,
        returns,
        money,
        stock,
        events,
        runs,
        platform.get("restarts"),
        level,
        seconds,
        findings.isEmpty(),
        findings);
  }

  private static Events events(Map<String, Long> platform) {
    return new Events(
        platform.get("committed"),
        platform.get("published"),
        platform.get("unsent"),
        platform.get("dead"));
  }

  private static Cross cross(
      OwnBooksStore own,
      Map<String, Long> orders,
      Map<String, Long> returns,
      Map<String, Long> lines,
      Map<String, Long> payments,
      Map<String, Long> theirs,
      Map<String, Long> parcels) {
    return new Cross(
        orders.get("delivered_minor"),
        lines.get("delivered_goods"),
        lines.get("returned_units"),
        own.claims().get("claimed_units"),
        returns.get("refunded_minor"),
        payments.get("open"),
        theirs.get("open"),
        payments.get("entries_sum"),
        payments.get("undecided"),
        own.shelves().get("shelves_off"),
        own.reservations().get("reserved_by_holders"),
        own.shipments().get("handed_over"),
        parcels.get("handed_over"),
        parcels.get("idle"));
  }

  private static Documents documents(Map<String, Long> figures) {
    return new Documents(
        figures.get("orders"),
        figures.get("returns"),
        figures.get("stock_adjustments"),
        figures.get("ledger_adjustments"),
        figures.get("unreadable"));
  }

  private static Orders orders(Map<String, Long> figures, Map<String, Long> refused) {
    return new Orders(
        figures.get("accepted"),
        figures.get("delivered"),
        refused,
        figures.get("held"),
        figures.get("open"));
  }

  private static Money money(
      Map<String, Long> orders,
      Map<String, Long> lines,
      Map<String, Long> returns,
      Map<String, Long> ours,
      Map<String, Long> theirs) {
    long captured = ours.get("captured");
    long refunded = ours.get("refunded");
    return new Money(
        DayFile.CURRENCY,
        orders.get("ordered_minor"),
        lines.get("ordered_units"),
        returns.get("returned_minor"),
        captured,
        refunded,
        theirs.get("captured"),
        theirs.get("refunded"),
        Math.abs(captured - theirs.get("captured")) + Math.abs(refunded - theirs.get("refunded")));
  }

  private static Stock stock(Map<String, Long> figures) {
    long opening = figures.get("opening");
    long sold = figures.get("sold");
    long returned = figures.get("returned");
    long adjusted = figures.get("adjusted");
    long onHand = figures.get("on_hand");
    return new Stock(
        opening,
        sold,
        returned,
        adjusted,
        figures.get("adjusted_short"),
        onHand,
        figures.get("reserved"),
        opening - sold + returned + adjusted - onHand);
  }

  private static Runs runs(Map<String, Long> figures) {
    return new Runs(
        figures.get("started"),
        figures.get("completed"),
        figures.get("turned_back"),
        figures.get("open"),
        figures.get("needs_human"));
  }
}
