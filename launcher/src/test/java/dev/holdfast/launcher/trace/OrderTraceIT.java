package dev.holdfast.launcher.trace;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.testing.TraceCollector;
import dev.holdfast.testing.TraceCollector.Seen;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One order's trace, as a collector gets it. */
class OrderTraceIT {
  private static final TraceCollector COLLECTOR = TraceCollector.open();

  @RegisterExtension
  static final PlatformExtension PLATFORM =
      new PlatformExtension().with(Settings.shipped().traces().to(COLLECTOR.address()));

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String CALLER = "b7ad6b7169203331";

  /** The last thing that happens because of an order: a customer earned points for its delivery. */
  private static final String LAST = "customer.EarnPoints";

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void stock() throws Exception {
    JsonObject units = new JsonObject().put("sku", "10001").put("units", 1_000);
    HttpResponse<String> opened =
        HttpClient.newHttpClient()
            .send(
                request("/stock/openings", "stock")
                    .POST(
                        BodyPublishers.ofString(
                            new JsonObject().put("lines", new JsonArray().add(units)).encode()))
                    .build(),
                BodyHandlers.ofString());
    assertEquals(200, opened.statusCode(), opened.body());
  }

  @AfterAll
  static void close() {
    COLLECTOR.close();
  }

  private static HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + PLATFORM.port("api") + "/api/v1" + path))
        .header("Authorization", "Bearer " + PLATFORM.token(Role.MERCHANT))
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", key)
        .timeout(LIMIT);
  }

  private static String order(String customer) {
    JsonObject line =
        new JsonObject().put("sku", "10001").put("quantity", 1).put("unitPrice", "2.50");
    return new JsonObject()
        .put("customer", customer)
        .put("placedAt", "2026-11-01T10:00:00Z")
        .put("currency", "GBP")
        .put("lines", new JsonArray().add(line))
        .put("billing", new JsonObject().put("country", "GB").put("name", "Erika Mustermann"))
        .put("shipping", new JsonObject().put("country", "GB").put("city", "Much Wenlock"))
        .put("paymentMethod", "tok_visa")
        .encode();
  }

  /** Places an order in a trace of the caller's. */
  private CompletableFuture<Integer> place(String trace) {
    return client
        .sendAsync(
            request("/orders", trace)
                .header("traceparent", "00-" + trace + "-" + CALLER + "-01")
                .POST(BodyPublishers.ofString(order("zz9-" + trace.substring(24))))
                .build(),
            BodyHandlers.ofString())
        .thenApply(HttpResponse::statusCode);
  }

  private static String trace(int number) {
    return "%032x".formatted(0xabc_0000_0000L + number);
  }

  /** All of it, once the last of it was told and nothing that it names is missing. */
  private static List<Seen> whole(String trace) {
    return await()
        .atMost(LIMIT)
        .until(
            () -> COLLECTOR.of(trace),
            spans ->
                spans.stream().anyMatch(span -> span.name().equals(LAST))
                    && orphans(spans).isEmpty());
  }

  private static List<String> orphans(List<Seen> spans) {
    Set<String> there = spans.stream().map(Seen::span).collect(Collectors.toSet());
    there.add(CALLER);
    return spans.stream().filter(span -> !there.contains(span.parent())).map(Seen::name).toList();
  }

  private static Seen one(List<Seen> spans, String name) {
    return spans.stream()
        .filter(span -> span.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + names(spans)));
  }

  private static List<String> names(List<Seen> spans) {
    return spans.stream().map(Seen::name).sorted().toList();
  }

  /** Names from a span up to the request. */
  private static List<String> upFrom(Seen span, List<Seen> spans) {
    Map<String, Seen> byId = spans.stream().collect(Collectors.toMap(Seen::span, found -> found));
    List<String> way = new ArrayList<>();
    for (Seen at = span; at != null; at = byId.get(at.parent())) {
      way.add(at.name());
    }
    return way;
  }

  @Tag("E-270")
  @Test
  void one_orders_trace_is_a_tree_from_its_request_to_the_agent_that_hears_of_it()
      throws Exception {
    String trace = trace(1);
    assertEquals(201, place(trace).get());
    List<Seen> spans = whole(trace);
    assertEquals(1, spans.stream().filter(span -> span.parent().equals(CALLER)).count());
    assertEquals(spans.size(), new HashSet<>(spans.stream().map(Seen::span).toList()).size());

    Seen request = one(spans, "POST /api/v1/orders");
    assertEquals("201", request.facts().get("http.response.status_code"));
    Seen placed = one(spans, "order.Place");
    assertEquals(
        List.of("order.Place", "ask order.Place", "POST /api/v1/orders"), upFrom(placed, spans));
    Seen transaction = one(spans, "transaction order");
    assertEquals(placed.span(), transaction.parent());
    for (String statement : List.of("insert holdfast.run", "insert holdfast.outbox")) {
      assertTrue(
          spans.stream()
              .anyMatch(
                  span ->
                      span.name().equals(statement)
                          && span.parent().equals(transaction.span())
                          && span.facts().get("db.system.name").equals("postgresql")),
          statement);
    }
    Seen step = one(spans, "step reserve");
    assertEquals(placed.span(), step.parent());
    assertEquals(step.span(), one(spans, "inventory.Reserve").parent());
    assertEquals("payment.Authorise", upFrom(one(spans, "call outside payment"), spans).get(1));
    assertEquals(
        List.of(LAST, "ask " + LAST, "hear order.OrderDelivered", "send order_events"),
        upFrom(one(spans, LAST), spans).subList(0, 4));
    assertTrue(upFrom(one(spans, LAST), spans).contains("POST /api/v1/orders"));
  }

  @Test
  void orders_that_share_transactions_have_a_tree_each() throws Exception {
    List<CompletableFuture<Integer>> placed = new ArrayList<>();
    for (int i = 10; i < 26; i++) {
      placed.add(place(trace(i)));
    }
    for (CompletableFuture<Integer> answer : placed) {
      assertEquals(201, answer.get());
    }
    Set<String> transactions = new HashSet<>();
    for (int i = 10; i < 26; i++) {
      List<Seen> spans = whole(trace(i));
      Seen command = one(spans, "order.Place");
      boolean own =
          spans.stream()
              .anyMatch(
                  span ->
                      span.name().equals("transaction order")
                          && span.parent().equals(command.span()));
      assertTrue(own || !command.links().isEmpty(), "its transaction is neither below nor named");
      transactions.addAll(command.links());
    }
    Set<String> told = COLLECTOR.spans().stream().map(Seen::asLink).collect(Collectors.toSet());
    assertTrue(told.containsAll(transactions), "a link names a span that was never told");
  }

  @Test
  void spans_say_nothing_of_persons_and_nothing_of_what_messages_say() throws Exception {
    String trace = trace(40);
    assertEquals(201, place(trace).get());
    String all = whole(trace).toString();
    for (String personal : List.of("Mustermann", "Wenlock", "tok_visa", "zz9", "2.50")) {
      assertFalse(all.contains(personal), personal);
    }
  }
}
