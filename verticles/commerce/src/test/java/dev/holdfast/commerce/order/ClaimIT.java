package dev.holdfast.commerce.order;

import static dev.holdfast.commerce.order.Samples.MERCHANT;
import static dev.holdfast.commerce.order.Samples.MORNING;
import static dev.holdfast.commerce.order.Samples.line;
import static dev.holdfast.commerce.order.Samples.order;
import static dev.holdfast.commerce.testing.AgentDatabase.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.Decision;
import dev.holdfast.commerce.order.OrderProtocol.Claim;
import dev.holdfast.commerce.order.OrderProtocol.ClaimUnits;
import dev.holdfast.commerce.order.OrderProtocol.Claimed;
import dev.holdfast.commerce.order.OrderProtocol.Confirm;
import dev.holdfast.commerce.order.OrderProtocol.MarkDelivered;
import dev.holdfast.commerce.order.OrderProtocol.MarkShipped;
import dev.holdfast.commerce.order.OrderProtocol.OrderCommand;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.order.OrderProtocol.Placed;
import dev.holdfast.commerce.order.OrderProtocol.ReleaseUnits;
import dev.holdfast.commerce.order.OrderProtocol.UnitsReleased;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.commerce.testing.AgentDatabase;
import dev.holdfast.commerce.testing.BatchDriver;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What returns may take of delivered orders. */
@ExtendWith(PostgresExtension.class)
class ClaimIT {
  private static final UUID RETURN = DerivedId.of("return", 1);
  private static final UUID OTHER = DerivedId.of("return", 2);

  private static AgentDatabase database;
  private static BatchDriver<OrderCommand<?>, OrderBook> lane;

  @BeforeAll
  static void open(TestDatabase server) {
    database = new AgentDatabase(server, "order");
    OrderAgent agent = new OrderAgent(null, database.database());
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

  private static UUID delivered(Place place) {
    UUID id = lane.done(place, Placed.class).order();
    lane.decide(new Confirm(MERCHANT, id));
    lane.decide(new MarkShipped(MERCHANT, id, "DPD", "JD"));
    lane.decide(new MarkDelivered(MERCHANT, id, place.placedAt().plusSeconds(60)));
    return id;
  }

  private static ClaimUnits claim(UUID by, String customer, Units... lines) {
    return new ClaimUnits(MERCHANT, by, customer, null, null, List.of(lines));
  }

  private static long returned(TestDatabase server) {
    assertEquals(
        0,
        server.number(
            """
            SELECT count(*) FROM orders.order_line l
             WHERE returned <> (SELECT coalesce(sum(units), 0) FROM orders.claim c
                                 WHERE c.order_id = l.order_id AND c.line = l.line)
            """),
        "a line's returned units are those that claims have");
    return server.number("SELECT coalesce(sum(returned), 0) FROM orders.order_line");
  }

  @Test
  void the_oldest_order_gives_first_and_the_claim_says_which() {
    UUID late = delivered(order("2", "17850", MORNING.plusSeconds(900), line("85123A", 5, "2.55")));
    UUID early =
        delivered(
            order("1", "17850", MORNING, line("71053", 1, "1.00"), line("85123A", 2, "2.55")));

    Claimed claimed = lane.done(claim(RETURN, "17850", new Units("85123A", 3)), Claimed.class);

    assertEquals(
        List.of(new Claim(early, 2, "85123A", 2), new Claim(late, 1, "85123A", 1)),
        claimed.claims());
    assertEquals(MORNING.plusSeconds(60), claimed.deliveredAt());
  }

  @Test
  void units_of_a_code_are_summed_over_the_lines_of_a_return(TestDatabase server) {
    delivered(order("1", "17850", MORNING, line("85123A", 3, "2.55"), line("85123A", 3, "2.55")));

    assertEquals(
        "unknown_purchase",
        lane.refused(claim(RETURN, "17850", new Units("85123A", 4), new Units("85123A", 3)))
            .code());
    assertEquals(0, returned(server));
    lane.done(
        claim(RETURN, "17850", new Units("85123A", 4), new Units("85123A", 2)), Claimed.class);
    assertEquals(6, returned(server));
  }

  @Test
  void a_return_takes_all_its_codes_or_none(TestDatabase server) {
    delivered(order("1", "17850", MORNING, line("85123A", 6, "2.55"), line("71053", 1, "1.00")));

    assertEquals(
        "unknown_purchase",
        lane.refused(claim(RETURN, "17850", new Units("85123A", 1), new Units("71053", 2))).code());

    assertEquals(0, returned(server));
    assertEquals(0, server.number("SELECT count(*) FROM orders.claim"));
  }

  @Test
  void services_can_be_returned_too() {
    UUID id =
        delivered(order("1", "17850", MORNING, line("POST", 1, "18.00"), line("22752", 1, "1")));

    Claimed claimed = lane.done(claim(RETURN, "17850", new Units("POST", 1)), Claimed.class);

    assertEquals(List.of(new Claim(id, 1, "POST", 1)), claimed.claims());
  }

  @Test
  void what_was_not_delivered_not_bought_by_him_or_bought_later_does_not_count() {
    lane.done(order("1", "17850", MORNING, line("85123A", 6, "2.55")), Placed.class);
    delivered(order("2", "13047", MORNING, line("85123A", 6, "2.55")));
    delivered(order("3", "17850", MORNING, line("85123a", 6, "2.55")));
    delivered(order("4", "17850", MORNING.plusSeconds(1), line("85123A", 6, "2.55")));

    ClaimUnits until =
        new ClaimUnits(MERCHANT, RETURN, "17850", null, MORNING, List.of(new Units("85123A", 1)));

    assertEquals("unknown_purchase", lane.refused(until).code());
  }

  @Test
  void a_guest_has_no_purchases_but_those_of_the_order_he_names() {
    UUID guests = delivered(order("1", null, MORNING, line("85123A", 6, "2.55")));
    UUID customers = delivered(order("2", "17850", MORNING, line("85123A", 6, "2.55")));
    List<Units> one = List.of(new Units("85123A", 1));

    assertEquals("unknown_purchase", lane.refused(claim(RETURN, null, one.getFirst())).code());
    assertEquals(
        "unknown_purchase",
        lane.refused(new ClaimUnits(MERCHANT, RETURN, null, customers, null, one)).code());
    assertEquals(
        "unknown_purchase",
        lane.refused(new ClaimUnits(MERCHANT, RETURN, "17850", guests, null, one)).code());
    Claimed claimed =
        lane.done(new ClaimUnits(MERCHANT, RETURN, null, guests, null, one), Claimed.class);
    assertEquals(List.of(new Claim(guests, 1, "85123A", 1)), claimed.claims());
  }

  @Test
  void a_claim_is_made_once_and_given_back_once(TestDatabase server) {
    delivered(order("1", "17850", MORNING, line("85123A", 6, "2.55")));
    ClaimUnits claim = claim(RETURN, "17850", new Units("85123A", 4));

    Claimed first = lane.done(claim, Claimed.class);

    assertEquals(first, lane.done(claim, Claimed.class));
    assertEquals(4, returned(server));
    assertEquals(
        "unknown_purchase", lane.refused(claim(OTHER, "17850", new Units("85123A", 3))).code());
    ReleaseUnits release = new ReleaseUnits(MERCHANT, RETURN);
    assertEquals(4, lane.done(release, UnitsReleased.class).units());
    assertEquals(0, lane.done(release, UnitsReleased.class).units());
    assertEquals(0, returned(server));
    lane.done(claim(OTHER, "17850", new Units("85123A", 6)), Claimed.class);
  }

  @Test
  void giving_back_and_taking_again_in_one_batch_balances(TestDatabase server) {
    delivered(order("1", "17850", MORNING, line("85123A", 6, "2.55")));
    ClaimUnits claim = claim(RETURN, "17850", new Units("85123A", 6));
    ReleaseUnits release = new ReleaseUnits(MERCHANT, RETURN);

    lane.batch(List.of(claim, release, claim, release));
    assertEquals(0, returned(server));
    lane.batch(List.of(claim, release, claim));
    assertEquals(6, returned(server));
    lane.batch(List.of(release, claim(OTHER, "17850", new Units("85123A", 2))));
    assertEquals(2, returned(server));
  }

  @Test
  void ten_returns_at_once_take_the_last_units_once(TestDatabase server) {
    for (int n = 0; n < 5; n++) {
      delivered(order("n" + n, "17850", MORNING.plusSeconds(n), line("85123A", 1, "2.55")));
    }

    List<Future<List<Decision>>> claims =
        IntStream.range(0, 10)
            .mapToObj(
                n ->
                    lane.start(
                        List.of(claim(DerivedId.of("r", n), "17850", new Units("85123A", 1)))))
            .toList();

    long done =
        claims.stream()
            .map(batch -> await(batch).getFirst())
            .filter(decision -> decision.outcome() instanceof Outcome.Done<?>)
            .count();
    assertEquals(5, done);
    assertEquals(5, returned(server));
  }

  @Test
  void after_any_mix_of_claims_and_releases_the_books_agree(TestDatabase server) {
    long seed = 20101201;
    Random random = new Random(seed);
    Instant at = MORNING;
    List<String> codes = List.of("85123A", "71053", "POST");
    for (int n = 0; n < 12; n++) {
      at = at.plusSeconds(random.nextInt(3));
      delivered(
          order(
              "n" + n,
              "c" + random.nextInt(2),
              at,
              line(codes.get(random.nextInt(3)), 1 + random.nextInt(5), "1.00"),
              line(codes.get(random.nextInt(3)), 1 + random.nextInt(5), "1.00")));
    }

    for (int round = 0; round < 40; round++) {
      List<OrderCommand<?>> batch = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        UUID by = DerivedId.of("mix", random.nextInt(8));
        batch.add(
            random.nextInt(3) == 0
                ? new ReleaseUnits(MERCHANT, by)
                : claim(
                    by,
                    "c" + random.nextInt(2),
                    new Units(codes.get(random.nextInt(3)), 1 + random.nextInt(4)),
                    new Units(codes.get(random.nextInt(3)), 1 + random.nextInt(4))));
      }
      lane.batch(batch);
      assertTrue(returned(server) >= 0, "seed " + seed);
    }
  }
}
