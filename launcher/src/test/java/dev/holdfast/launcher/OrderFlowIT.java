package dev.holdfast.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockOf;
import dev.holdfast.commerce.order.OrderProtocol.IpReputation;
import dev.holdfast.commerce.order.OrderProtocol.Line;
import dev.holdfast.commerce.order.OrderProtocol.Order;
import dev.holdfast.commerce.order.OrderProtocol.OrderById;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.order.OrderProtocol.Placed;
import dev.holdfast.commerce.order.OrderProtocol.Status;
import dev.holdfast.commerce.payment.PaymentProtocol.Payment;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentOf;
import dev.holdfast.commerce.shared.Address;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.Query;
import dev.holdfast.workflow.Milestone;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrderFlowIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static Deadline deadline() {
    return Deadline.in(LIMIT, PLATFORM.platform().clock());
  }

  private static <R> Answer<R> ask(String name, Command<R> command) throws Exception {
    CommandId id = new CommandId(DerivedId.of("test", name), PLATFORM.platform().clock().today());
    return PLATFORM
        .platform()
        .bus()
        .ask(Ask.first(id, command, deadline()))
        .await(20, TimeUnit.SECONDS);
  }

  private static <R> R query(Query<R> query) throws Exception {
    return PLATFORM.platform().bus().ask(query, deadline()).await(20, TimeUnit.SECONDS);
  }

  private static void stock(String sku, long units) throws Exception {
    ask("open-" + sku, new OpenStock(1, UUID.randomUUID(), List.of(new Units(sku, units))));
  }

  private static Place order(String customer, String sku, long units, String price) {
    return new Place(
        1,
        null,
        null,
        customer,
        null,
        Instant.parse("2026-11-01T10:00:00Z"),
        "GBP",
        List.of(new Line(sku, "thing", units, new BigDecimal(price))),
        Address.ofCountry("GB"),
        Address.ofCountry("GB"),
        "tok_visa",
        IpReputation.UNKNOWN);
  }

  private static Milestone milestone(Placed placed) throws Exception {
    return PLATFORM
        .platform()
        .milestones()
        .await(placed.run(), false, deadline())
        .await(20, TimeUnit.SECONDS)
        .orElseThrow();
  }

  private static Order settled(UUID order, Status status) {
    return await()
        .atMost(LIMIT)
        .until(() -> query(new OrderById(1, order)), found -> found.status() == status);
  }

  @Tag("E-248")
  @Test
  void an_order_is_confirmed_and_comes_to_the_customers_door() throws Exception {
    stock("10001", 10);
    Placed placed = ask("one", order("c1", "10001", 3, "2.50")).outcome().orThrow();
    assertEquals(201, milestone(placed).status());
    settled(placed.order(), Status.DELIVERED);
    assertEquals(7, query(new StockOf(1, "10001")).onHand());
    assertEquals(0, query(new StockOf(1, "10001")).reserved());
    Payment payment = query(new PaymentOf(1, placed.order()));
    assertEquals(750, payment.captured().minor());
  }

  @Tag("E-102")
  @Test
  void an_order_without_stock_is_refused_and_leaves_nothing_behind() throws Exception {
    stock("10002", 1);
    Placed placed = ask("short", order("c2", "10002", 2, "2.50")).outcome().orThrow();
    assertEquals(409, milestone(placed).status());
    Order refused = settled(placed.order(), Status.REFUSED);
    assertEquals("out_of_stock", refused.refusalCode());
    assertEquals(0, query(new StockOf(1, "10002")).reserved());
  }

  @Test
  void a_declined_card_gives_the_stock_back() throws Exception {
    stock("10003", 5);
    Place declined = order("c3", "10003", 2, "2.50");
    Place place =
        new Place(
            1,
            null,
            null,
            declined.customer(),
            null,
            declined.placedAt(),
            declined.currency(),
            declined.lines(),
            declined.billing(),
            declined.shipping(),
            "tok_declined",
            IpReputation.UNKNOWN);
    Placed placed = ask("declined", place).outcome().orThrow();
    assertEquals(409, milestone(placed).status());
    assertEquals("payment_declined", settled(placed.order(), Status.REFUSED).refusalCode());
    assertEquals(0, query(new StockOf(1, "10003")).reserved());
    assertEquals(5, query(new StockOf(1, "10003")).onHand());
  }

  @Test
  void an_order_of_services_alone_is_delivered_when_it_is_paid() throws Exception {
    Placed placed = ask("service", order(null, "POST", 1, "18.00")).outcome().orThrow();
    assertEquals(201, milestone(placed).status());
    settled(placed.order(), Status.DELIVERED);
  }

  @Test
  void no_agent_was_restarted() {
    assertEquals(0, PLATFORM.platform().supervisor().state().restarts());
  }
}
