package dev.holdfast.commerce.transport;

import dev.holdfast.commerce.partners.CarrierGateway;
import dev.holdfast.commerce.partners.CarrierGateway.Label;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The carriers' labels beside our shipments. */
public final class TransportBooks {
  private static final int PAGE = 500;
  private static final int NAMED = 100;
  private static final Duration PAGE_LIMIT = Duration.ofSeconds(10);

  private final Database database;
  private final CarrierGateway gateway;
  private final Clock clock;
  private final ShipmentViewStore store = new ShipmentViewStore();

  /** Books to be compared; nothing is asked yet. */
  public TransportBooks(Database database, CarrierGateway gateway, Clock clock) {
    this.database = database;
    this.gateway = gateway;
    this.clock = clock;
  }

  /**
   * What a comparison found.
   *
   * @param valid labels that the carriers hold valid
   * @param shipments of ours that go with a label
   * @param unwanted the first hundred valid labels that no shipment goes with
   */
  public record Comparison(long valid, long shipments, List<String> unwanted) {
    /** Whether every valid label has its shipment, and every shipment its label. */
    public boolean agrees() {
      return unwanted.isEmpty() && valid == shipments;
    }
  }

  /** What a comparison has seen so far. */
  private static final class Tally {
    long valid;
    final List<String> unwanted = new ArrayList<>();
  }

  /** How many labels have yet to be taken back, or may still turn up. */
  public Future<Long> strays() {
    return store.strays(database, limit());
  }

  /** Compares all labels. While business goes on, what is under way shows as a difference. */
  public Future<Comparison> compare() {
    Tally tally = new Tally();
    return pages(tally, 0)
        .compose(done -> store.withLabel(database, limit()))
        .map(labels -> new Comparison(tally.valid, labels, List.copyOf(tally.unwanted)));
  }

  private Future<Void> pages(Tally tally, long after) {
    return gateway.ledger(after, PAGE, limit()).compose(page -> check(tally, page));
  }

  private Future<Void> check(Tally tally, List<Label> page) {
    if (page.isEmpty()) {
      return Future.succeededFuture();
    }
    List<LabelKey> keys =
        page.stream().map(Label::key).map(LabelKey::parse).flatMap(Optional::stream).toList();
    return store
        .wanted(database, limit(), keys)
        .map(wanted -> count(tally, page, wanted))
        .compose(done -> pages(tally, page.get(page.size() - 1).number()));
  }

  private static Void count(Tally tally, List<Label> page, Set<String> wanted) {
    for (Label label : page) {
      if (!label.cancelled()) {
        tally.valid++;
        if (!wanted.contains(label.tracking()) && tally.unwanted.size() < NAMED) {
          tally.unwanted.add(label.tracking());
        }
      }
    }
    return null;
  }

  private Deadline limit() {
    return Deadline.in(PAGE_LIMIT, clock);
  }
}
