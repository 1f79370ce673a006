package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.launcher.failure.Shopfront.Told;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events that break on their way, and what an administrator can do about them on port 8081. */
class EventLettersIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String SKU = "70001";
  private static final String EVENTS = "order_events";
  private static final int KAFKAS_OWN_LIMIT = 1_048_588;

  private static final String TRAP =
      """
      CREATE SCHEMA IF NOT EXISTS pointtrap;
      CREATE OR REPLACE FUNCTION pointtrap.spring() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        RAISE EXCEPTION 'no points today';
      END
      $$;
      GRANT USAGE ON SCHEMA pointtrap TO holdfast_app;
      CREATE TRIGGER pointtrap BEFORE UPDATE ON customer.customer
        FOR EACH ROW WHEN (NEW.customer LIKE 'trapped-%' AND NEW.orders <> OLD.orders)
        EXECUTE FUNCTION pointtrap.spring();
      """;

  private static final String EARNED =
      """
      SELECT coalesce(sum(orders), 0)::bigint AS orders,
             coalesce(sum(lifetime_minor), 0)::bigint AS minor
        FROM customer.customer WHERE customer = '%s'
      """;

  /** An event that says it is a delivered order, and is none. */
  private static final String NO_ORDER =
      """
      INSERT INTO holdfast.outbox (merchant_id, topic, aggregate, version, event_id, type,
             occurred_at, caused_by, body)
      SELECT 1, topic, '%s', 1, gen_random_uuid(), type, now(), gen_random_uuid(),
             '{"merchant": "nobody"}'
        FROM holdfast.outbox
       WHERE type LIKE '%%OrderDelivered%%'
       LIMIT 1
      """;

  private static final String UNSENT = "SELECT count(*) FROM holdfast.outbox_unsent";

  private static Shopfront shop;
  private static Till till;

  @BeforeAll
  static void open() throws Exception {
    shop = new Shopfront(PLATFORM);
    till = new Till(PLATFORM, "event-letters");
    till.stock(SKU, 100);
    buy("first-customer");
    awaitEarned("first-customer", 1);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  private static void buy(String customer) throws Exception {
    Told told = Shopfront.await(shop.place(customer, Shopfront.order(customer, SKU, 2)));
    assertTrue(told.status() < 300, told.toString());
  }

  private static Map<String, Long> earned(String customer) throws Exception {
    return till.books(EARNED.formatted(customer));
  }

  private static void awaitEarned(String customer, long orders) {
    await().atMost(LIMIT).until(() -> earned(customer).get("orders") == orders);
  }

  /** Letters as the management listener lists them. */
  private static List<JsonObject> letters(String query) throws Exception {
    Told told = Shopfront.await(shop.inspect("/dead-letters" + query));
    assertEquals(200, told.status(), told.toString());
    return told.body().getJsonArray("items").stream().map(JsonObject.class::cast).toList();
  }

  private static JsonObject awaitLetter(String agent, Predicate<JsonObject> wanted) {
    return await()
        .atMost(LIMIT)
        .until(
            () -> letters("?agent=" + agent).stream().filter(wanted).toList(),
            found -> found.size() == 1)
        .getFirst();
  }

  private static JsonObject letterAbout(String agent, String text) {
    return awaitLetter(
        agent, letter -> letter.getJsonObject("letter").getString("body").contains(text));
  }

  private static Told decide(JsonObject letter, String decision) throws Exception {
    return Shopfront.await(
        shop.operate("/dead-letters/" + letter.getLong("number") + "/" + decision));
  }

  private static void closes(JsonObject letter, String decision, String as) throws Exception {
    Told told = decide(letter, decision);
    assertEquals(200, told.status(), told.toString());
    assertEquals(as, told.body().getString("closed"));
    Told again = decide(letter, decision);
    assertEquals("dead_letter_closed", again.code(), again.toString());
    Predicate<JsonObject> same = other -> other.getLong("number").equals(letter.getLong("number"));
    assertTrue(letters("").stream().noneMatch(same), "it is still listed as open");
    JsonObject closed = letters("?closed=true").stream().filter(same).findFirst().orElseThrow();
    assertEquals(as, closed.getString("closedAs"));
  }

  @Test
  void an_event_whose_command_breaks_waits_for_a_person_and_is_applied_once_when_cured()
      throws Exception {
    try (Sql person = new Sql(PLATFORM.ownBooks())) {
      person.run(TRAP);
      buy("trapped-replayed");
      buy("trapped-given-up");
      JsonObject one = letterAbout("customer", "trapped-replayed");
      JsonObject other = letterAbout("customer", "trapped-given-up");
      assertEquals("COMMAND", one.getJsonObject("letter").getString("kind"));
      Told stillBroken = decide(one, "replay");
      assertTrue(stillBroken.status() >= 400, stillBroken.toString());
      assertEquals(one.getLong("number"), letterAbout("customer", "replayed").getLong("number"));

      person.run("DROP TRIGGER pointtrap ON customer.customer");
      closes(one, "replay", "REPLAYED");
      assertEquals(Map.of("orders", 1L, "minor", 500L), earned("trapped-replayed"));
      closes(other, "discard?reason=tested", "DISCARDED");
      assertEquals(Map.of("orders", 0L, "minor", 0L), earned("trapped-given-up"));
      assertEquals(0, PLATFORM.restarts());
    }
  }

  @Test
  void an_event_that_its_hearer_cannot_read_stays_until_it_is_discarded() throws Exception {
    try (Sql person = new Sql(PLATFORM.ownBooks())) {
      person.run(NO_ORDER.formatted("no-order"));
    }
    JsonObject letter = letterAbout("customer", "nobody");
    assertEquals("EVENT", letter.getJsonObject("letter").getString("kind"));
    Told broke = decide(letter, "replay");
    assertEquals("parked", broke.code(), broke.toString());
    assertEquals(letter.getLong("number"), letterAbout("customer", "nobody").getLong("number"));
    closes(letter, "discard?reason=unreadable", "DISCARDED");
    buy("after-unreadable");
    awaitEarned("after-unreadable", 1);
  }

  @Test
  void an_event_that_the_broker_refuses_is_told_after_the_cure_and_never_when_given_up()
      throws Exception {
    limitMessages(100);
    buy("refused-replayed");
    JsonObject one = awaitLetter("outbox", letter -> true);
    assertEquals("EVENT", one.getJsonObject("letter").getString("kind"));
    limitMessages(KAFKAS_OWN_LIMIT);
    assertEquals(Map.of("orders", 0L, "minor", 0L), earned("refused-replayed"));
    closes(one, "replay", "REPLAYED");
    awaitEarned("refused-replayed", 1);

    limitMessages(100);
    buy("refused-given-up");
    JsonObject other = awaitLetter("outbox", letter -> true);
    limitMessages(KAFKAS_OWN_LIMIT);
    closes(other, "discard?reason=tested", "DISCARDED");
    awaitEarned("refused-given-up", 1);
    await().atMost(LIMIT).until(() -> till.books(UNSENT).get("count") == 0);
  }

  @Test
  void letters_of_one_cause_are_looked_at_and_replayed_together_once_it_is_gone() throws Exception {
    try (Sql person = new Sql(PLATFORM.ownBooks())) {
      person.run(TRAP);
      List<String> customers = List.of("trapped-one", "trapped-two", "trapped-three");
      for (String customer : customers) {
        buy(customer);
      }
      Map<Long, String> numbers = new TreeMap<>();
      for (String customer : customers) {
        numbers.put(letterAbout("customer", customer).getLong("number"), customer);
      }
      // Whichever was delivered first; its letter is replayed before the others.
      String first = numbers.values().iterator().next();
      JsonObject letter = letterAbout("customer", first);
      String fingerprint = letter.getJsonObject("letter").getJsonObject("cause").getString("hash");
      JsonObject cause = items("/dead-letters/causes?agent=customer").getFirst();
      assertEquals(3, cause.getInteger("letters"));
      assertEquals(fingerprint, cause.getJsonObject("fingerprint").getString("hash"));

      String meant = "?agent=customer&fingerprint=" + fingerprint;
      JsonObject dry = seen("/dead-letters/dry-run" + meant);
      assertEquals(3, dry.getJsonArray("order").size());
      assertEquals("ONE", dry.getJsonArray("order").getJsonObject(0).getString("stage"));
      String place = "/dead-letters/" + letter.getLong("number");
      assertEquals(first, seen(place).getJsonObject("payload").getString("customer"));
      assertEquals(false, seen(place + "/dry-run").getBoolean("answered"));
      Told wrong =
          Shopfront.await(shop.change(place + "/payload", new JsonObject().put("merchant", "x")));
      assertEquals(422, wrong.status(), wrong.toString());
      assertTrue(wrong.body().getString("detail").contains("merchant"), wrong.toString());

      assertEquals("STOPPED", replayed(meant).getString("status"));
      person.run("DROP TRIGGER pointtrap ON customer.customer");
      assertEquals("DONE", replayed(meant).getString("status"));
      for (String customer : customers) {
        assertEquals(Map.of("orders", 1L, "minor", 500L), earned(customer));
      }
      assertEquals(
          List.of("REPLAYED", "BROKE_AGAIN", "REJECTED"),
          seen(place).getJsonArray("acts").stream()
              .map(act -> ((JsonObject) act).getString("outcome"))
              .toList());
    }
  }

  private static JsonObject seen(String path) throws Exception {
    Told told = Shopfront.await(shop.inspect(path));
    assertEquals(200, told.status(), told.toString());
    return told.body();
  }

  private static List<JsonObject> items(String path) throws Exception {
    return seen(path).getJsonArray("items").stream().map(JsonObject.class::cast).toList();
  }

  /** A replay of many at its end. */
  private static JsonObject replayed(String meant) throws Exception {
    Told started = Shopfront.await(shop.operate("/dead-letters/replays" + meant));
    assertEquals(200, started.status(), started.toString());
    String place = "/dead-letters/replays/" + started.body().getLong("number");
    return await()
        .atMost(LIMIT)
        .until(() -> seen(place), replay -> !"RUNNING".equals(replay.getString("status")));
  }

  @Test
  void what_is_asked_badly_is_refused_by_the_name_of_its_field() throws Exception {
    for (String path : List.of("after=x", "after=-1", "closed=maybe", "kind=LETTER", "key=")) {
      badly(shop.inspect("/dead-letters?" + path), path);
    }
    badly(shop.inspect("/dead-letters/0"), "number");
    badly(shop.inspect("/dead-letters/dry-run?key=order-1"), "agent");
    badly(shop.operate("/dead-letters/replays?agent=order&fingerprnt=1"), "fingerprnt");
    badly(shop.operate("/dead-letters/replays?agent=order&rate=0"), "rate");
    badly(shop.operate("/dead-letters/replays?agent=order&from=yesterday"), "from");
    badly(shop.operate("/dead-letters/discard?agent=order&reason=all"), "fingerprint");
    badly(shop.operate("/dead-letters/1/discard"), "reason");
    Told unknown = Shopfront.await(shop.inspect("/dead-letters/4711"));
    assertEquals(404, unknown.status(), unknown.toString());
    assertEquals("unknown_dead_letter", unknown.code());
  }

  private static void badly(CompletableFuture<Told> asked, String named) throws Exception {
    Told told = Shopfront.await(asked);
    assertEquals(400, told.status(), told.toString());
    String field = named.split("=", 2)[0];
    assertTrue(told.body().getString("detail").startsWith(field + " "), told.toString());
  }

  @Test
  void letters_are_offered_when_their_agent_is_well_again() throws Exception {
    await()
        .atMost(LIMIT)
        .until(
            () ->
                items("/dead-letters/offers").stream()
                    .anyMatch(offer -> "customer".equals(offer.getString("agent"))));
  }

  private static void limitMessages(int bytes) throws Exception {
    int port = PLATFORM.servers().getLast().port();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
      ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, EVENTS);
      AlterConfigOp limit =
          new AlterConfigOp(
              new ConfigEntry("max.message.bytes", Integer.toString(bytes)),
              AlterConfigOp.OpType.SET);
      admin
          .incrementalAlterConfigs(Map.of(topic, List.of(limit)))
          .all()
          .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }
}
