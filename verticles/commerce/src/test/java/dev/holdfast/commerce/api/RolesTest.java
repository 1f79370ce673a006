package dev.holdfast.commerce.api;

import static dev.holdfast.commerce.api.GatewayStage.code;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.web.Caller.Role;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may ask what. The table stands here a second time, so that a slip in the contract shows. */
class RolesTest {
  private static final String TABLE =
      """
      placeOrder admin merchant customer
      listOrders admin merchant customer agent
      getOrder admin merchant customer agent
      cancelOrder admin merchant customer
      recordUnreadable admin merchant
      requestReturn admin merchant customer
      listReturns admin merchant customer agent
      getReturn admin merchant customer agent
      inspectReturn admin merchant
      openStock admin merchant
      adjustStock admin merchant
      listStock admin merchant agent
      getStock admin merchant agent
      importProducts admin merchant
      listProducts admin merchant customer agent
      getProduct admin merchant customer agent
      changePrice admin merchant
      registerCustomer admin merchant
      listCustomers admin merchant agent
      getCustomer admin merchant customer agent
      setCustomerStatus admin merchant
      eraseCustomer admin merchant
      adjustLedger admin merchant
      getPayment admin merchant customer agent
      getShipment admin merchant customer agent
      quoteShipment admin merchant customer agent
      listReviews admin merchant
      reviewOrder admin merchant
      getAssessment admin merchant
      blockFraud admin merchant
      """;

  private static GatewayStage stage;

  @BeforeAll
  static void open() throws Exception {
    stage = new GatewayStage(Duration.ofSeconds(5), Duration.ofMillis(100));
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
  }

  private static Map<String, List<String>> table() {
    Map<String, List<String>> table = new TreeMap<>();
    TABLE
        .lines()
        .map(line -> Arrays.asList(line.split(" ")))
        .forEach(words -> table.put(words.getFirst(), words.subList(1, words.size())));
    return table;
  }

  /** A request that fails right after its role was looked at, whatever the operation. */
  private static HttpRequest.Builder knock(ApiOperation operation) {
    String path = operation.path().replaceAll("\\{\\w+}", Bodies.ORDER.toString());
    return operation.changes()
        ? stage.request(path).POST(BodyPublishers.noBody())
        : stage.request(path + "?knock=1").GET();
  }

  @Test
  void every_operation_is_open_to_its_roles_and_to_no_other() throws Exception {
    assertEquals(table().keySet(), stage.contract.operations().keySet());
    for (ApiOperation operation : stage.contract.operations().values()) {
      for (Role role : Role.values()) {
        boolean may = table().get(operation.id()).contains(role.text());
        var answer =
            stage.send(knock(operation).header("Authorization", "Bearer " + stage.token(role)));
        String told = operation.id() + " by " + role + ": " + answer.body();
        assertEquals(may ? 400 : 403, answer.statusCode(), told);
        String next = operation.changes() ? "idempotency_key_missing" : "unknown_parameter";
        assertEquals(may ? next : "forbidden", code(answer), told);
      }
    }
  }

  @Test
  void every_operation_wants_a_token() throws Exception {
    for (ApiOperation operation : stage.contract.operations().values()) {
      var nobody = stage.send(knock(operation));
      assertEquals(401, nobody.statusCode(), operation.id());
      assertTrue(nobody.headers().firstValue("WWW-Authenticate").isPresent());
      var forged = stage.send(knock(operation).header("Authorization", "Bearer a.b.c"));
      assertEquals(401, forged.statusCode(), operation.id());
      assertEquals("invalid_token", code(forged));
    }
  }

  @Test
  void every_route_of_the_contract_is_handled_and_no_other() {
    Set<String> contract =
        stage.contract.openApi().operations().stream()
            .map(operation -> operation.getOperationId())
            .collect(Collectors.toSet());
    assertEquals(contract, stage.contract.operations().keySet());
    Gateway gateway =
        new Gateway(
            stage.contract,
            null,
            new Agents(null, null),
            new Submissions(stage.vertx, null, null, null),
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    assertEquals(contract, gateway.handled());
  }

  @Test
  void an_operation_without_roles_does_not_start() {
    JsonObject contract =
        new JsonObject().put("components", new JsonObject().put("schemas", new JsonObject()));
    Schema.Compiler schemas = new Schema.Compiler(contract);
    JsonObject nobody = new JsonObject().put("operationId", "open");
    assertThrows(
        IllegalArgumentException.class,
        () -> ApiOperation.of(HttpMethod.GET, "/open", nobody, List.of(), schemas));
    JsonObject unknown = nobody.copy().put("x-roles", new JsonArray().add("everybody"));
    assertThrows(
        IllegalArgumentException.class,
        () -> ApiOperation.of(HttpMethod.GET, "/open", unknown, List.of(), schemas));
  }
}
