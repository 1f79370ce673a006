package dev.holdfast.commerce.api;

import static dev.holdfast.commerce.api.GatewayStage.code;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.bus.Bus;
import dev.holdfast.bus.HttpKey;
import dev.holdfast.bus.MessageTypes;
import dev.holdfast.bus.QueryRefused;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.commerce.order.OrderProtocol.Order;
import dev.holdfast.commerce.order.OrderProtocol.OrderById;
import dev.holdfast.commerce.order.OrderProtocol.OrderCommand;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.order.OrderProtocol.RefusePlacing;
import dev.holdfast.commerce.product.ProductProtocol.Product;
import dev.holdfast.commerce.product.ProductProtocol.Products;
import dev.holdfast.commerce.product.ProductProtocol.ProductsBySku;
import dev.holdfast.degradation.Admission;
import dev.holdfast.journal.Intent;
import dev.holdfast.journal.IntentStanding;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalLimits;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.OutageCodes;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders at the gateway while the database is away. */
@Tag("E-054")
@Tag("E-059")
class IntentsTest {
  private static final Duration REQUEST = Duration.ofSeconds(5);
  private static final Clock CLOCK = Clock.system();

  /** While it is not open, the journal's thread stands still in the middle of its work. */
  private static final AtomicReference<CountDownLatch> DISK =
      new AtomicReference<>(new CountDownLatch(0));

  @TempDir static Path folder;
  private static Journal journal;
  private static GatewayStage stage;

  @BeforeAll
  static void open() throws Exception {
    JournalLimits limits =
        new JournalLimits(
            100, 1_000_000, 1_000_000, 100_000, Duration.ofHours(1), 100, 100, Duration.ofDays(1));
    journal = new Journal(folder, limits, ofJournal(), new Meters().journal());
    journal.selfTest().await(20, TimeUnit.SECONDS);
    stage = new GatewayStage(REQUEST, Duration.ofMillis(300), Optional.of(journal));
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
    journal.close();
  }

  @BeforeEach
  void clear() {
    stage.clear();
    stage.on(OrderById.class, asked -> Future.failedFuture(away()));
  }

  private static Clock ofJournal() {
    return new Clock() {
      @Override
      public Instant now() {
        if (Thread.currentThread().getName().equals("holdfast-journal")) {
          awaitDisk();
        }
        return CLOCK.now();
      }

      @Override
      public long nanoTime() {
        return CLOCK.nanoTime();
      }
    };
  }

  private static void awaitDisk() {
    try {
      DISK.get().await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Unavailable away() {
    return new Unavailable(OutageCodes.UNREACHABLE, "nobody listens");
  }

  private static void keepWritesAsIntents() {
    stage.admissions =
        (agent, operation, writes) ->
            operation.equals("placeOrder") ? new Admission.AsIntent() : Admission.ACCEPT;
  }

  private static HttpResponse<String> place(String key, JsonObject order) throws Exception {
    return stage.post(Role.MERCHANT, "/orders", key, order.encode());
  }

  private static IntentStanding intent(JsonObject answer) {
    return journal.waiting(UUID.fromString(answer.getString("id"))).orElseThrow();
  }

  @Test
  void an_order_is_accepted_to_be_confirmed_and_a_repeat_is_the_same() throws Exception {
    keepWritesAsIntents();
    HttpResponse<String> first = place("i1", Bodies.order(2));
    assertEquals(202, first.statusCode(), first.body());
    JsonObject told = stage.body("placeOrder", first);
    assertEquals("ACCEPTED_AS_INTENT", told.getString("status"));
    assertEquals("LOCAL_DISK", told.getString("durability"));
    assertEquals(4068, told.getJsonObject("total").getInteger("minor"));
    assertEquals(Optional.of(told.getString("statusUrl")), first.headers().firstValue("Location"));
    stage.admissions = (agent, operation, writes) -> Admission.ACCEPT;
    HttpResponse<String> again = place("i1", Bodies.order(2));
    assertEquals(202, again.statusCode());
    assertEquals(told.getString("id"), stage.body("placeOrder", again).getString("id"));
    assertEquals(Optional.of("true"), again.headers().firstValue("Idempotent-Replayed"));
    HttpResponse<String> other = place("i1", Bodies.order(1));
    assertEquals(422, other.statusCode());
    assertEquals("idempotency_key_reused", code(other));
    HttpResponse<String> elsewhen =
        place("i1", Bodies.order(2).put("placedAt", "2010-12-01T08:27:00Z"));
    assertEquals(422, elsewhen.statusCode());
    assertEquals("idempotency_key_reused", code(elsewhen));
    assertEquals(List.of(), stage.asked, "nobody may be asked for what waits");
  }

  @Test
  void an_ask_without_a_known_end_and_its_intent_are_one_command() throws Exception {
    stage.on(
        Place.class,
        asked ->
            Future.failedFuture(new Unavailable(OutageCodes.COMMIT_UNKNOWN, "no answer came")));
    HttpResponse<String> answer = place("i2", Bodies.order(1));
    assertEquals(202, answer.statusCode(), answer.body());
    IntentStanding kept = intent(stage.body("placeOrder", answer));
    assertEquals(stage.ask(Place.class).id(), kept.id());
    assertEquals(stage.ask(Place.class).key().fingerprint(), kept.key().fingerprint());
  }

  @Test
  void what_was_accepted_is_told_again_when_nothing_more_is_taken() throws Exception {
    keepWritesAsIntents();
    String id = new JsonObject(place("i11", Bodies.order(1)).body()).getString("id");
    stage.admissions =
        (agent, operation, writes) ->
            new Admission.Refuse("writes_off", "Nothing is written now.", Duration.ofSeconds(2));
    HttpResponse<String> again = place("i11", Bodies.order(1));
    assertEquals(202, again.statusCode(), again.body());
    assertEquals(id, new JsonObject(again.body()).getString("id"));
    assertEquals(503, place("i12", Bodies.order(1)).statusCode());
  }

  @Test
  void a_silent_database_is_not_waited_for() throws Exception {
    stage.on(Place.class, asked -> Promise.promise().future());
    stage.silent = true;
    long begun = System.nanoTime();
    assertEquals(202, place("i3", Bodies.order(1)).statusCode());
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    assertTrue(took.compareTo(REQUEST) < 0, took.toString());
  }

  @Test
  void a_disk_that_stands_still_is_an_outage_in_time_and_the_repeat_finds_the_intent()
      throws Exception {
    keepWritesAsIntents();
    CountDownLatch stands = new CountDownLatch(1);
    DISK.set(stands);
    Future<Void> atWork = journal.selfTest();
    try {
      long begun = System.nanoTime();
      HttpResponse<String> none = place("i-disk", Bodies.order(1));
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      assertTrue(none.statusCode() >= 500, none.body());
      assertTrue(new JsonObject(none.body()).getBoolean("retryable"), none.body());
      assertTrue(took.compareTo(REQUEST.plusSeconds(1)) < 0, took.toString());
    } finally {
      stands.countDown();
    }
    atWork.await(20, TimeUnit.SECONDS);
    HttpResponse<String> again = place("i-disk", Bodies.order(1));
    assertEquals(202, again.statusCode(), again.body());
    assertEquals("true", again.headers().firstValue("Idempotent-Replayed").orElse(""));
  }

  @Test
  void what_is_not_the_databases_doing_stays_an_error() throws Exception {
    stage.on(Place.class, asked -> Future.failedFuture(new Unavailable("agent_away", "restart")));
    assertEquals(503, place("i4", Bodies.order(1)).statusCode());
    stage.on(Place.class, asked -> Future.failedFuture(new IllegalStateException("a bug")));
    assertEquals(500, place("i5", Bodies.order(1)).statusCode());
  }

  @Test
  void an_order_beyond_the_limits_is_503_with_retry_after() throws Exception {
    keepWritesAsIntents();
    JsonObject dear = Bodies.order(1);
    dear.getJsonArray("lines").getJsonObject(0).put("unitPrice", "1000.00");
    HttpResponse<String> answer = place("i6", dear);
    assertEquals(503, answer.statusCode(), answer.body());
    assertEquals("intent_too_valuable", code(answer));
    assertTrue(answer.headers().firstValue("Retry-After").isPresent());
  }

  @Test
  void an_intent_is_seen_by_its_customer_and_its_merchant_alone() throws Exception {
    keepWritesAsIntents();
    JsonObject told = new JsonObject(place("i7", Bodies.order(1)).body());
    String path = "/orders/" + told.getString("id");
    JsonObject seen = stage.body("getOrder", stage.get(Role.CUSTOMER, path));
    assertEquals("ACCEPTED_AS_INTENT", seen.getString("status"));
    assertTrue(seen.getInteger("ageSeconds") >= 0);
    stage.on(
        OrderById.class,
        asked -> Future.failedFuture(new QueryRefused(Refusal.notFound("unknown_order", "none"))));
    HttpResponse<String> stranger =
        stage.send(
            stage.request(path).header("Authorization", "Bearer " + stage.tokenOf("another")));
    assertEquals(404, stranger.statusCode(), stranger.body());
    assertEquals(
        409, stage.post(Role.MERCHANT, path + "/cancel", "c7", "{\"reason\":\"no\"}").statusCode());
  }

  @Test
  void a_price_that_is_remembered_becomes_a_condition_of_the_intent() throws Exception {
    stage.answered(ProductsBySku.class, new Products(List.of(product("3.39"))));
    stage.on(Place.class, asked -> Future.failedFuture(away()));
    JsonObject order = Bodies.order(1);
    order.getJsonArray("lines").getJsonObject(0).remove("unitPrice");
    IntentStanding asked = intent(new JsonObject(place("i8", order).body()));
    stage.on(ProductsBySku.class, query -> Future.failedFuture(away()));
    HttpResponse<String> answer = place("i9", order);
    assertEquals(202, answer.statusCode(), answer.body());
    IntentStanding remembered = intent(new JsonObject(answer.body()));
    assertEquals(asked.value(), remembered.value());
    JsonObject unknown = Bodies.order(1);
    unknown.getJsonArray("lines").getJsonObject(0).put("sku", "other").remove("unitPrice");
    assertEquals(503, place("i10", unknown).statusCode());
  }

  @Test
  void an_order_whose_price_changed_meanwhile_is_refused_and_no_other() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      Bus bus = new Bus(vertx, CLOCK);
      bus.serve("product", query -> Future.succeededFuture(new Products(List.of(product("3.50")))));
      OrderIntentCommands commands =
          new OrderIntentCommands(MessageTypes.of(OrderCommand.class), bus, CLOCK);
      assertInstanceOf(Place.class, command(commands, null));
      assertInstanceOf(Place.class, command(commands, "3.50"));
      RefusePlacing refused = assertInstanceOf(RefusePlacing.class, command(commands, "3.39"));
      assertEquals("price_changed", refused.code());
      assertEquals("shop/536365", refused.parkingKey());
    } finally {
      vertx.close().await(20, TimeUnit.SECONDS);
    }
  }

  private static Command<?> command(OrderIntentCommands commands, String price) throws Exception {
    keepWritesAsIntents();
    String key = "price-" + price;
    IntentStanding standing = intent(new JsonObject(place(key, Bodies.order(1)).body()));
    Place place =
        new Place(
            GatewayStage.MERCHANT,
            "shop",
            "536365",
            null,
            null,
            Bodies.TIME,
            "GBP",
            List.of(),
            null,
            null,
            "tok",
            null);
    String condition =
        price == null
            ? null
            : RecordJson.write(new PriceCondition("GBP", Map.of("84029G", new BigDecimal(price))));
    return commands
        .of(
            new Intent(
                standing.id(),
                new HttpKey(GatewayStage.MERCHANT, "placeOrder", key, "f"),
                standing.laneKey(),
                "order.Place",
                RecordJson.write(place),
                condition,
                standing.value(),
                null,
                CLOCK.now()))
        .await(20, TimeUnit.SECONDS);
  }

  private static Product product(String price) {
    return new Product("84029G", "bottle", new BigDecimal(price), "GBP", 100, true, 1, List.of());
  }

  @Test
  void an_order_is_read_from_memory_with_its_age() throws Exception {
    Order order = Bodies.known(GatewayStage.CUSTOMER);
    stage.answered(OrderById.class, order);
    String path = "/orders/" + order.order();
    assertEquals(200, stage.get(Role.MERCHANT, path).statusCode());
    stage.on(OrderById.class, asked -> Future.failedFuture(away()));
    HttpResponse<String> answer = stage.get(Role.MERCHANT, path);
    assertEquals(200, answer.statusCode(), answer.body());
    assertNotNull(stage.body("getOrder", answer).getString("asOf"));
    assertTrue(answer.headers().firstValue("Age").isPresent());
    HttpResponse<String> stranger =
        stage.send(
            stage.request(path).header("Authorization", "Bearer " + stage.tokenOf("another")));
    assertEquals(404, stranger.statusCode(), stranger.body());
  }
}
