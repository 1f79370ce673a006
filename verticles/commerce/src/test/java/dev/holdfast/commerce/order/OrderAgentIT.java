package dev.holdfast.commerce.order;

import static dev.holdfast.commerce.order.Samples.MERCHANT;
import static dev.holdfast.commerce.order.Samples.MORNING;
import static dev.holdfast.commerce.order.Samples.line;
import static dev.holdfast.commerce.order.Samples.order;
import static dev.holdfast.commerce.testing.AgentDatabase.await;
import static dev.holdfast.commerce.testing.AgentDatabase.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.Decision;
import dev.holdfast.bus.QueryRefused;
import dev.holdfast.commerce.order.OrderProtocol.Changed;
import dev.holdfast.commerce.order.OrderProtocol.Confirm;
import dev.holdfast.commerce.order.OrderProtocol.ForgetContact;
import dev.holdfast.commerce.order.OrderProtocol.Forgotten;
import dev.holdfast.commerce.order.OrderProtocol.MarkDelivered;
import dev.holdfast.commerce.order.OrderProtocol.MarkShipped;
import dev.holdfast.commerce.order.OrderProtocol.Order;
import dev.holdfast.commerce.order.OrderProtocol.OrderById;
import dev.holdfast.commerce.order.OrderProtocol.OrderByNumber;
import dev.holdfast.commerce.order.OrderProtocol.OrderCommand;
import dev.holdfast.commerce.order.OrderProtocol.OrderPage;
import dev.holdfast.commerce.order.OrderProtocol.Orders;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.order.OrderProtocol.Placed;
import dev.holdfast.commerce.order.OrderProtocol.Refuse;
import dev.holdfast.commerce.order.OrderProtocol.Status;
import dev.holdfast.commerce.shared.Address;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.testing.AgentDatabase;
import dev.holdfast.commerce.testing.BatchDriver;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Query;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class OrderAgentIT {
  private static AgentDatabase database;
  private static OrderAgent agent;
  private static BatchDriver<OrderCommand<?>, OrderBook> lane;

  @BeforeAll
  static void open(TestDatabase server) {
    database = new AgentDatabase(server, "order");
    agent = new OrderAgent(null, database.database());
    lane = new BatchDriver<>(agent, database.database());
  }

  @BeforeEach
  void empty(TestDatabase server) {
    server.execute("TRUNCATE orders.orders, orders.order_line, orders.claim, orders.order_contact");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @SuppressWarnings("unchecked")
  private static <R> R ask(Query<R> query) {
    return (R) await(agent.answer(query, soon()));
  }

  private static UUID placed(Place place) {
    return lane.done(place, Placed.class).order();
  }

  @Test
  void an_order_is_kept_as_it_was_entered() {
    Place place =
        order(
            "536365",
            "17850",
            MORNING,
            line("85123A", 6, "2.55"),
            line("POST", 1, "18.00"),
            line("22752", 3, "0.425"));

    Placed reply = lane.done(place, Placed.class);

    Order kept = ask(new OrderById(MERCHANT, reply.order()));
    assertEquals(new Money(3458, "GBP"), kept.total());
    assertEquals(reply.total(), kept.total());
    assertEquals(Status.PLACED, kept.status());
    assertEquals(MORNING, kept.placedAt());
    assertEquals(reply.run(), kept.run());
    assertEquals(1, kept.version());
    assertEquals(
        List.of(1530L, 1800L, 128L), kept.lines().stream().map(l -> l.amountMinor()).toList());
    assertEquals(new BigDecimal("0.425"), kept.lines().get(2).unitPrice());
    assertEquals(List.of(1, 2, 3), kept.lines().stream().map(l -> l.line()).toList());
    assertEquals(kept, ask(new OrderByNumber(MERCHANT, "online-retail", "536365")));
  }

  @Test
  void a_full_batch_enters_every_order_with_its_own_lines() {
    List<Place> places =
        IntStream.range(0, 32)
            .mapToObj(
                n ->
                    order(
                        "no-" + n,
                        n % 2 == 0 ? null : "c" + n,
                        MORNING.plusSeconds(n),
                        IntStream.rangeClosed(0, n)
                            .mapToObj(i -> line("2" + (1000 + i), n + 1L, "1.00"))
                            .toArray(OrderProtocol.Line[]::new)))
            .toList();

    List<Decision> decisions = lane.batch(places);

    for (int n = 0; n < 32; n++) {
      Placed reply = (Placed) decisions.get(n).outcome().orThrow();
      Order kept = ask(new OrderById(MERCHANT, reply.order()));
      assertEquals("no-" + n, kept.externalNumber());
      assertEquals(n + 1, kept.lines().size());
      assertEquals((n + 1L) * (n + 1) * 100, kept.total().minor());
      assertTrue(kept.lines().stream().allMatch(l -> l.quantity() == kept.lines().size()));
    }
  }

  @Test
  void the_longest_order_of_a_real_year_is_one_order(TestDatabase server) {
    Place place =
        order(
            "573585",
            null,
            MORNING,
            IntStream.range(0, 1_114)
                .mapToObj(i -> line("2" + (1000 + i), 1, "1.25"))
                .toArray(OrderProtocol.Line[]::new));

    placed(place);

    assertEquals(1_114, server.number("SELECT count(*) FROM orders.order_line"));
  }

  @Test
  void a_number_is_entered_once_within_a_batch_and_after_it(TestDatabase server) {
    List<Decision> decisions = lane.batch(List.of(order("1"), order("1"), order("2")));

    UUID first = ((Placed) decisions.getFirst().outcome().orThrow()).order();
    assertEquals("already_recorded", BatchDriver.refusal(decisions.get(1)).code());
    assertTrue(BatchDriver.refusal(decisions.get(1)).message().contains(first.toString()));
    assertEquals("already_recorded", lane.refused(order("1")).code());
    assertEquals(2, server.number("SELECT count(*) FROM orders.orders"));
  }

  @Test
  void two_lanes_with_the_same_numbers_enter_each_once(TestDatabase server) {
    List<Future<List<Decision>>> lanes = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      int base = round * 20;
      List<Place> up = IntStream.range(0, 20).mapToObj(n -> order("n" + (base + n))).toList();
      lanes.add(lane.start(up));
      lanes.add(lane.start(up.reversed()));
    }

    List<Decision> all = lanes.stream().flatMap(batch -> await(batch).stream()).toList();

    assertEquals(400, all.stream().filter(d -> d.outcome() instanceof Outcome.Done<?>).count());
    assertEquals(
        400,
        all.stream()
            .filter(
                d ->
                    d.outcome() instanceof Outcome.Rejected<?> r
                        && r.why().code().equals("already_recorded"))
            .count());
    assertEquals(400, server.number("SELECT count(*) FROM orders.orders"));
    assertEquals(
        0,
        server.number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));
  }

  @Test
  void a_merchants_numbers_are_its_own() {
    Place ours = order("1");
    Place theirs =
        new Place(
            8,
            ours.source(),
            "1",
            null,
            null,
            MORNING,
            "EUR",
            ours.lines(),
            null,
            null,
            "tok",
            null);

    UUID there = ((Placed) lane.batch(List.of(ours, theirs)).get(1).outcome().orThrow()).order();

    assertEquals("EUR", ask(new OrderById(8, there)).total().currency());
    QueryRefused refused =
        assertThrows(QueryRefused.class, () -> ask(new OrderById(MERCHANT, there)));
    assertEquals("unknown_order", refused.why().code());
  }

  @Test
  void an_order_goes_its_way_and_each_change_is_kept() {
    UUID id = placed(order("1"));
    Instant at = Instant.parse("2010-12-03T10:00:00Z");

    lane.done(new Confirm(MERCHANT, id), Changed.class);
    lane.done(new MarkShipped(MERCHANT, id, "DPD", "JD014"), Changed.class);
    Changed last = lane.done(new MarkDelivered(MERCHANT, id, at), Changed.class);

    assertEquals(new Changed(id, 4, Status.DELIVERED), last);
    Order kept = ask(new OrderById(MERCHANT, id));
    assertEquals(Status.DELIVERED, kept.status());
    assertEquals(at, kept.deliveredAt());
    assertEquals("DPD", kept.carrier());
    assertEquals("JD014", kept.tracking());
    assertEquals(4, kept.version());
  }

  @Test
  void a_refused_order_keeps_its_reason_and_amount() {
    UUID id = placed(order("1"));

    lane.done(new Refuse(MERCHANT, id, "out_of_stock", "85123A is short."), Changed.class);

    Order kept = ask(new OrderById(MERCHANT, id));
    assertEquals(Status.REFUSED, kept.status());
    assertEquals("out_of_stock", kept.refusalCode());
    assertEquals("85123A is short.", kept.refusalMessage());
    assertEquals(4242, kept.total().minor());
  }

  @Test
  void a_batch_changes_an_order_that_it_enters_too() {
    Place place = order("1");
    var entry = lane.entry(place);
    UUID id = entry.id().value();

    List<Decision> decisions =
        await(
            database
                .database()
                .inTransaction(
                    soon(),
                    tx -> {
                      var both = List.of(entry, lane.entry(new Confirm(MERCHANT, id)));
                      return agent
                          .load(tx, both)
                          .map(
                              book -> {
                                List<Decision> made =
                                    both.stream().map(e -> agent.decide(book, e)).toList();
                                agent.save(tx, book);
                                return made;
                              });
                    }));

    assertTrue(decisions.get(1).outcome() instanceof Outcome.Done<?>);
    assertEquals(Status.CONFIRMED, ask(new OrderById(MERCHANT, id)).status());
  }

  @Test
  void pages_go_through_all_orders_once_latest_first() {
    lane.batch(
        IntStream.range(0, 25)
            .mapToObj(
                n ->
                    order(
                        "n" + n,
                        n % 5 == 0 ? "five" : "other",
                        // Two orders share each time, so that the ids must decide.
                        MORNING.plus(Duration.ofMinutes(n / 2)),
                        line("85123A", 1, "1.00")))
            .toList());

    List<Order> all = pages(null);
    List<Order> fives = pages("five");

    assertEquals(25, all.stream().map(Order::order).distinct().count());
    assertEquals(25, all.size());
    for (int i = 1; i < all.size(); i++) {
      assertTrue(!all.get(i).placedAt().isAfter(all.get(i - 1).placedAt()));
    }
    assertEquals(5, fives.size());
    assertTrue(fives.stream().allMatch(order -> order.customer().equals("five")));
    assertEquals(
        0, ask(new OrderPage(MERCHANT, null, Status.HELD, null, null, 10)).orders().size());
    assertEquals(0, ask(new OrderPage(99, null, null, null, null, 10)).orders().size());
  }

  private static List<Order> pages(String customer) {
    List<Order> all = new ArrayList<>();
    Orders page = ask(new OrderPage(MERCHANT, customer, null, null, null, 4));
    while (!page.orders().isEmpty()) {
      all.addAll(page.orders());
      Order last = page.orders().getLast();
      page = ask(new OrderPage(MERCHANT, customer, null, last.placedAt(), last.order(), 4));
    }
    return all;
  }

  @Test
  void what_names_a_person_is_kept_apart_and_can_be_forgotten(TestDatabase server) {
    Address home = new Address("Ada Lovelace", "12 Row", "London", "W1", "GB");
    UUID named = placed(Samples.withEmail(order("1"), "ada@example.org", home));
    placed(order("2"));
    assertEquals(1, server.number("SELECT count(*) FROM orders.order_contact"));

    lane.done(new ForgetContact(MERCHANT, "17850"), Forgotten.class);

    assertEquals(0, server.number("SELECT count(*) FROM orders.order_contact"));
    assertEquals(4242, ask(new OrderById(MERCHANT, named)).total().minor());
    assertEquals(
        2, server.number("SELECT count(*) FROM orders.orders WHERE shipping_country = 'GB'"));
  }

  @Test
  void the_role_of_the_platform_can_delete_no_order() {
    assertThrows(
        Exception.class,
        () ->
            await(
                database
                    .database()
                    .query(soon(), "DELETE FROM orders.orders", io.vertx.sqlclient.Tuple.tuple())));
  }
}
