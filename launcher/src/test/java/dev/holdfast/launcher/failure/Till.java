package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;

import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.order.OrderProtocol.Cancel;
import dev.holdfast.commerce.order.OrderProtocol.Changed;
import dev.holdfast.commerce.order.OrderProtocol.IpReputation;
import dev.holdfast.commerce.order.OrderProtocol.Line;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.order.OrderProtocol.Placed;
import dev.holdfast.commerce.shared.Address;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.workflow.Milestone;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Where a test's customers buy: orders over the bus, and the books afterwards by SQL. */
final class Till {
  static final int MERCHANT = 1;

  private static final String CARD = "tok_visa";

  private static final Duration STOCKING = Duration.ofSeconds(20);
  private static final Duration SETTLING = Duration.ofSeconds(90);

  private static final String UNDER_WAY =
      """
      SELECT (SELECT count(*) FROM holdfast.run
               WHERE status IN ('RUNNING', 'WAITING', 'TURNING_BACK')) AS runs,
             (SELECT count(*) FROM holdfast.run WHERE status = 'NEEDS_HUMAN') AS persons,
             (SELECT count(*) FROM holdfast.outbox_unsent) AS unsent,
             (SELECT count(*) FROM payment.operation
               WHERE state IN ('ASKED', 'TURNING_BACK')) AS undecided,
             (SELECT count(*) FROM transport.shipment WHERE state = 'PENDING') AS unlabelled
      """;

  private final PlatformExtension platform;
  private final String test;

  /**
   * A till.
   *
   * @param test part of all ids, so that tests on one platform do not meet
   */
  Till(PlatformExtension platform, String test) {
    this.platform = platform;
    this.test = test;
  }

  Deadline in(Duration time) {
    return Deadline.in(time, platform.clock());
  }

  CommandId id(String name) {
    return new CommandId(DerivedId.of(test, name), platform.clock().today());
  }

  void stock(String sku, long units) throws Exception {
    OpenStock open =
        new OpenStock(MERCHANT, DerivedId.of(test, "open", sku), List.of(new Units(sku, units)));
    platform
        .bus()
        .ask(Ask.first(id("open-" + sku), open, in(STOCKING)))
        .await(STOCKING.toSeconds(), TimeUnit.SECONDS)
        .outcome()
        .orThrow();
  }

  /** One customer asks for one order. */
  Future<Answer<Placed>> place(String customer, String sku, long units, Duration time) {
    return place(customer, sku, units, CARD, time);
  }

  /** The same with another card, such as one that chooses a fault of the provider. */
  Future<Answer<Placed>> place(
      String customer, String sku, long units, String card, Duration time) {
    return platform.bus().ask(Ask.first(id(customer), order(customer, sku, units, card), in(time)));
  }

  /** The customer does not want it any more. */
  Future<Answer<Changed>> cancel(UUID order, Duration time) {
    Cancel cancel = new Cancel(MERCHANT, order, "changed my mind", null);
    return platform.bus().ask(Ask.first(id("cancel-" + order), cancel, in(time)));
  }

  /** The same again, as who never heard what became of it. */
  Future<Answer<Placed>> placeAgain(String customer, String sku, long units, Duration time) {
    Ask<Placed> ask = Ask.first(id(customer), order(customer, sku, units, CARD), in(time));
    return platform.bus().ask(ask.asAgain());
  }

  /** The answer that the customer gets in the end; fails when there is none in time. */
  Future<Milestone> milestone(Placed placed, Duration time) {
    return platform
        .milestones()
        .await(placed.run(), false, in(time))
        .map(answer -> answer.orElseThrow());
  }

  private static Place order(String customer, String sku, long units, String card) {
    return new Place(
        MERCHANT,
        null,
        null,
        customer,
        null,
        Instant.parse("2026-11-01T10:00:00Z"),
        "GBP",
        List.of(new Line(sku, "thing", units, new BigDecimal("2.50"))),
        Address.ofCountry("GB"),
        Address.ofCountry("GB"),
        card,
        IpReputation.UNKNOWN);
  }

  /** Waits until no run, event or call to a partner is under way, and none waits for a person. */
  void awaitSettled() throws SQLException {
    try (Sql books = new Sql(platform.ownBooks())) {
      await()
          .atMost(SETTLING)
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> books.figures(UNDER_WAY),
              found -> found.values().stream().allMatch(count -> count == 0));
    }
  }

  /** One row of our own books. */
  Map<String, Long> books(String sql) throws SQLException {
    try (Sql books = new Sql(platform.ownBooks())) {
      return books.figures(sql);
    }
  }

  /** One row of the payment provider's books. */
  Map<String, Long> providerBooks(String sql) throws SQLException {
    try (Sql books = new Sql(platform.providerBooks())) {
      return books.figures(sql);
    }
  }

  /** One row of the carriers' books. */
  Map<String, Long> carrierBooks(String sql) throws SQLException {
    try (Sql books = new Sql(platform.carrierBooks())) {
      return books.figures(sql);
    }
  }
}
