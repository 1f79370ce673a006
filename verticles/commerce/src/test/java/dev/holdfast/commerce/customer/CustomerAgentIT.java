package dev.holdfast.commerce.customer;

import static dev.holdfast.commerce.testing.AgentDatabase.await;
import static dev.holdfast.commerce.testing.AgentDatabase.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Subscription;
import dev.holdfast.bus.QueryRefused;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.commerce.customer.CustomerProtocol.Customer;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerById;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerCommand;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerErased;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerPage;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerRegistered;
import dev.holdfast.commerce.customer.CustomerProtocol.EarnPoints;
import dev.holdfast.commerce.customer.CustomerProtocol.Erase;
import dev.holdfast.commerce.customer.CustomerProtocol.Kind;
import dev.holdfast.commerce.customer.CustomerProtocol.PointsEarned;
import dev.holdfast.commerce.customer.CustomerProtocol.Recognise;
import dev.holdfast.commerce.customer.CustomerProtocol.Recognised;
import dev.holdfast.commerce.customer.CustomerProtocol.Register;
import dev.holdfast.commerce.customer.CustomerProtocol.Registered;
import dev.holdfast.commerce.customer.CustomerProtocol.SetStatus;
import dev.holdfast.commerce.customer.CustomerProtocol.Status;
import dev.holdfast.commerce.customer.CustomerProtocol.Tier;
import dev.holdfast.commerce.order.OrderProtocol.OrderDelivered;
import dev.holdfast.commerce.shared.Address;
import dev.holdfast.commerce.testing.AgentDatabase;
import dev.holdfast.commerce.testing.BatchDriver;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Query;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(PostgresExtension.class)
class CustomerAgentIT {
  private static final int MERCHANT = 7;
  private static final Instant MORNING = Instant.parse("2010-12-01T08:26:00Z");
  private static final Address HOME = new Address("Ada", "12 Row", "London", "W1", "GB");

  private static AgentDatabase database;
  private static CustomerAgent agent;
  private static BatchDriver<CustomerCommand<?>, CustomerBook> lane;

  @BeforeAll
  static void open(TestDatabase server) {
    database = new AgentDatabase(server, "customer");
    agent = new CustomerAgent(null, database.database());
    lane = new BatchDriver<>(agent, database.database());
  }

  @BeforeEach
  void empty(TestDatabase server) {
    server.execute("TRUNCATE customer.customer, customer.person");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @SuppressWarnings("unchecked")
  private static <R> R ask(Query<R> query) {
    return (R) await(agent.answer(query, soon()));
  }

  private static Customer customer(String number) {
    return ask(new CustomerById(MERCHANT, number));
  }

  private static Register ada() {
    return new Register(
        MERCHANT, "17850", "ada@example.org", "Ada Lovelace", Kind.BUSINESS, HOME, MORNING);
  }

  private static Recognise recognise(String number) {
    return new Recognise(MERCHANT, number, "GB", MORNING);
  }

  private static EarnPoints earn(String number, long amountMinor) {
    return new EarnPoints(MERCHANT, number, "an-order", amountMinor, MORNING);
  }

  @Test
  void a_registered_customer_is_kept_with_all_that_was_told() {
    Decision decision = lane.decide(ada());

    assertEquals(new Registered("17850", 1), decision.outcome().orThrow());
    Customer kept = customer("17850");
    assertEquals("ada@example.org", kept.email());
    assertEquals("Ada Lovelace", kept.name());
    assertEquals(Kind.BUSINESS, kept.kind());
    assertEquals(HOME, kept.address());
    assertEquals(Tier.BRONZE, kept.tier());
    assertEquals(MORNING, kept.registeredAt());
    String told = RecordJson.write(decision.events().getFirst());
    assertTrue(!told.contains("Ada") && !told.contains("ada"), told);
    assertEquals("customer_exists", lane.refused(ada()).code());
  }

  @Test
  void who_orders_first_is_entered_and_later_only_recognised(TestDatabase server) {
    Decision first = lane.decide(recognise("17850"));
    Decision second = lane.decide(new Recognise(MERCHANT, "17850", "FR", MORNING.plusSeconds(60)));

    assertEquals(new Recognised("17850", MORNING), first.outcome().orThrow());
    assertEquals(List.of(new CustomerRegistered(MERCHANT, "17850", 1)), first.events());
    assertEquals(first.outcome(), second.outcome());
    assertTrue(second.events().isEmpty());
    assertEquals(1, server.number("SELECT version FROM customer.customer"));
    assertEquals("GB", customer("17850").address().country());
  }

  @Test
  void twice_in_one_batch_a_customer_is_entered_once() {
    List<Decision> decisions = lane.batch(List.of(recognise("1"), recognise("1"), ada()));

    assertEquals(decisions.get(0).outcome(), decisions.get(1).outcome());
    assertEquals(1, decisions.get(0).events().size());
    assertEquals(0, decisions.get(1).events().size());
  }

  @Test
  void two_lanes_that_meet_the_same_new_customers_enter_each_once(TestDatabase server) {
    List<Future<List<Decision>>> lanes = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      int base = round * 20;
      List<Recognise> up =
          IntStream.range(0, 20).mapToObj(n -> recognise("c" + (base + n))).toList();
      lanes.add(lane.start(up));
      lanes.add(lane.start(up.reversed()));
    }

    List<Decision> all = lanes.stream().flatMap(batch -> await(batch).stream()).toList();

    assertEquals(800, all.stream().filter(d -> d.outcome() instanceof Outcome.Done<?>).count());
    assertEquals(400, all.stream().filter(d -> !d.events().isEmpty()).count());
    assertEquals(400, server.number("SELECT count(*) FROM customer.customer"));
    assertEquals(
        0,
        server.number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));
  }

  @Test
  void a_blocked_or_suspended_customer_may_not_order_until_he_is_active_again() {
    lane.done(recognise("1"), Recognised.class);
    for (Status closed : List.of(Status.BLOCKED, Status.SUSPENDED)) {
      lane.done(new SetStatus(MERCHANT, "1", closed, "chargeback"), Registered.class);
      assertEquals("customer_blocked", lane.refused(recognise("1")).code());
      lane.done(new SetStatus(MERCHANT, "1", Status.ACTIVE, null), Registered.class);
      lane.done(recognise("1"), Recognised.class);
    }
    assertEquals(5, customer("1").version());
    lane.done(new SetStatus(MERCHANT, "1", Status.ACTIVE, null), Registered.class);
    assertEquals(5, customer("1").version());
    assertEquals(
        "unknown_customer",
        lane.refused(new SetStatus(MERCHANT, "2", Status.BLOCKED, null)).code());
  }

  @Test
  void a_delivered_order_earns_a_point_for_each_whole_pound() {
    lane.done(recognise("1"), Recognised.class);

    lane.done(earn("1", 1_999), PointsEarned.class);
    PointsEarned second = lane.done(earn("1", 99), PointsEarned.class);

    assertEquals(new PointsEarned("1", 0, 19), second);
    Customer kept = customer("1");
    assertEquals(19, kept.points());
    assertEquals(2, kept.orders());
    assertEquals(2_098, kept.lifetimeMinor());
    assertEquals("unknown_customer", lane.refused(earn("2", 1)).code());
    assertEquals("invalid_amount_minor", lane.refused(earn("1", -1)).code());
  }

  @Test
  void points_earned_in_many_lanes_at_once_all_count() {
    lane.done(recognise("1"), Recognised.class);

    List<Future<List<Decision>>> batches =
        IntStream.range(0, 20)
            .mapToObj(n -> lane.start(List.of(earn("1", 100), earn("1", 100))))
            .toList();
    batches.forEach(AgentDatabase::await);

    assertEquals(40, customer("1").points());
    assertEquals(41, customer("1").version());
  }

  @ParameterizedTest
  @CsvSource({
    "0, BRONZE",
    "49999, BRONZE",
    "50000, SILVER",
    "200000, GOLD",
    "500000, PLATINUM",
    "1000000, DIAMOND",
    "900000000, DIAMOND",
  })
  void the_lifetime_value_gives_the_tier(long lifetimeMinor, Tier tier) {
    lane.batch(List.of(recognise("1"), earn("1", lifetimeMinor)));

    assertEquals(tier, customer("1").tier());
  }

  @Test
  void a_merchant_with_tiers_of_its_own_has_only_those(TestDatabase server) {
    server.execute("INSERT INTO customer.tier VALUES (8, 'BRONZE', 0), (8, 'GOLD', 100)");
    lane.batch(
        List.of(
            new Recognise(8, "1", null, MORNING), new EarnPoints(8, "1", "o", 700_000, MORNING)));

    assertEquals(Tier.GOLD, ask(new CustomerById(8, "1")).tier());
  }

  @Test
  void erased_a_customer_keeps_number_and_figures_and_nothing_else(TestDatabase server) {
    lane.batch(List.of(ada(), earn("17850", 5_000)));
    lane.done(new SetStatus(MERCHANT, "17850", Status.INACTIVE, "Ada moved"), Registered.class);

    Decision decision = lane.decide(new Erase(MERCHANT, "17850"));

    assertEquals(List.of(new CustomerErased(MERCHANT, "17850", 4)), decision.events());
    Customer kept = customer("17850");
    assertNull(kept.email());
    assertNull(kept.name());
    assertEquals(Address.ofCountry("GB"), kept.address());
    assertEquals(50, kept.points());
    assertEquals(0, server.number("SELECT count(*) FROM customer.person"));
    assertEquals(
        0, server.number("SELECT count(*) FROM customer.customer c WHERE c::text ILIKE '%ada%'"));
    assertTrue(lane.decide(new Erase(MERCHANT, "17850")).events().isEmpty());
    assertEquals("unknown_customer", lane.refused(new Erase(MERCHANT, "none")).code());
  }

  @Test
  void registered_and_erased_in_one_batch_nobody_is_kept(TestDatabase server) {
    lane.batch(List.of(ada(), new Erase(MERCHANT, "17850")));

    assertEquals(0, server.number("SELECT count(*) FROM customer.person"));
    assertEquals(2, customer("17850").version());
  }

  @Test
  void a_delivered_order_of_a_guest_earns_nothing() {
    Subscription<OrderDelivered> heard = heard();

    assertEquals(List.of(), heard.commands().apply(delivered(null)));
    assertEquals(
        List.of(new EarnPoints(MERCHANT, "17850", "an-order", 4_242, MORNING)),
        heard.commands().apply(delivered("17850")));
  }

  @SuppressWarnings("unchecked")
  private static Subscription<OrderDelivered> heard() {
    return (Subscription<OrderDelivered>) agent.subscriptions().getFirst();
  }

  private static OrderDelivered delivered(String customer) {
    return new OrderDelivered(MERCHANT, "an-order", 4, customer, 4_242, "GBP", MORNING);
  }

  @Test
  void a_field_outside_its_limits_is_refused_by_its_name() {
    assertEquals("invalid_customer", lane.refused(recognise(" ")).code());
    assertEquals("invalid_customer", lane.refused(recognise("a\0b")).code());
    assertEquals(
        "invalid_country", lane.refused(new Recognise(MERCHANT, "1", "gb", MORNING)).code());
    assertEquals("invalid_at", lane.refused(new Recognise(MERCHANT, "1", null, null)).code());
    assertEquals("unknown_customer", lane.refused(earn("a\0b", 1)).code());
    QueryRefused unknown = assertThrows(QueryRefused.class, () -> customer("none"));
    assertEquals("unknown_customer", unknown.why().code());
  }

  @Test
  void pages_go_through_all_customers_once_by_number() {
    lane.batch(IntStream.range(10, 35).mapToObj(n -> recognise("c" + n)).toList());

    List<String> all = new ArrayList<>();
    List<Customer> page = ask(new CustomerPage(MERCHANT, null, 7)).customers();
    while (!page.isEmpty()) {
      page.forEach(customer -> all.add(customer.customer()));
      page = ask(new CustomerPage(MERCHANT, all.getLast(), 7)).customers();
    }

    assertEquals(IntStream.range(10, 35).mapToObj(n -> "c" + n).toList(), all);
  }
}
