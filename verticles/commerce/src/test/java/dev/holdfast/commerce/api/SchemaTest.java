package dev.holdfast.commerce.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our reading of the contract's schemas beside the library's. */
class SchemaTest {
  private static Vertx vertx;
  private static ApiContract contract;

  @BeforeAll
  static void open() throws Exception {
    vertx = Vertx.vertx();
    contract = ApiContract.load(vertx).await(60, TimeUnit.SECONDS);
  }

  @AfterAll
  static void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static Validator library(String operation) {
    Operation described = contract.openApi().operation(operation);
    MediaType json = described.getRequestBody().getContent().get("application/json");
    JsonSchemaOptions options =
        new JsonSchemaOptions()
            .setBaseUri("app://")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Flag);
    return contract.openApi().getSchemaRepository().validator(json.getSchema(), options);
  }

  private static JsonObject changed(JsonObject from, Consumer<JsonObject> change) {
    JsonObject copy = from.copy();
    change.accept(copy);
    return copy;
  }

  /** Each field of an object left out, and each of another type, null, long, odd, and one more. */
  private static List<JsonObject> variants(JsonObject right) {
    List<JsonObject> variants = new ArrayList<>(List.of(right));
    for (String field : right.fieldNames()) {
      variants.add(changed(right, body -> body.remove(field)));
      for (Object value :
          new Object[] {
            null,
            true,
            0,
            -1,
            7,
            1_000_001,
            1.5,
            3.0,
            "",
            "x",
            "x".repeat(70),
            "x".repeat(1_001),
            "2.55",
            "GBP",
            new JsonArray(),
            new JsonObject(),
            new JsonArray().add(1)
          }) {
        variants.add(changed(right, body -> body.put(field, value)));
      }
    }
    variants.add(changed(right, body -> body.put("another", 1)));
    return variants;
  }

  @Test
  void both_readings_agree_about_orders() {
    Validator library = library("placeOrder");
    Schema ours = contract.operations().get("placeOrder").body();
    List<JsonObject> bodies = variants(Bodies.order(2));
    for (JsonObject line : variants(Bodies.order(1).getJsonArray("lines").getJsonObject(0))) {
      bodies.add(Bodies.order(1).put("lines", new JsonArray().add(line)));
    }
    for (JsonObject address : variants(new JsonObject().put("country", "GB").put("name", "A"))) {
      bodies.add(Bodies.order(1).put("billing", address));
    }
    agree(library, ours, bodies);
  }

  @Test
  void both_readings_agree_about_returns_and_movements() {
    agree(
        library("requestReturn"),
        contract.operations().get("requestReturn").body(),
        variants(Bodies.aReturn()));
    JsonObject line = new JsonObject().put("sku", "84029G").put("units", -5);
    JsonObject adjustment =
        new JsonObject().put("reason", "damages").put("lines", new JsonArray().add(line));
    agree(
        library("adjustStock"),
        contract.operations().get("adjustStock").body(),
        variants(adjustment));
  }

  private static void agree(Validator library, Schema ours, List<JsonObject> bodies) {
    for (JsonObject body : bodies) {
      Schema.Fault fault = ours.fault(new JsonObject(body.encode()).getMap());
      assertEquals(
          library.validate(body).getValid(), fault == null, () -> body.encode() + " " + fault);
    }
  }

  @Test
  void a_keyword_that_is_not_known_is_an_error_at_the_start() {
    JsonObject nothing = new JsonObject().put("schemas", new JsonObject());
    Schema.Compiler compiler = new Schema.Compiler(new JsonObject().put("components", nothing));
    assertThrows(
        IllegalArgumentException.class,
        () -> compiler.compile(new JsonObject().put("multipleOf", 2)));
    assertNull(compiler.compile(new JsonObject().put("type", "string")).fault("x"));
  }
}
