package dev.holdfast.commerce.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The contract of the API, {@code openapi/holdfast.yaml}: which routes there are, who may ask them,
 * what a request must look like. Reading it takes about a second of a processor, most of it the
 * check against the meta-schema; so it is read once and shared. Immutable after that.
 */
public final class ApiContract {
  /** Where the contract lies in the resources. */
  public static final String RESOURCE = "openapi/holdfast.yaml";

  /** What stands before all paths. */
  static final String BASE = "/api/v1";

  private static final String PARAMETERS = "#/components/parameters/";

  private final OpenAPIContract openApi;
  private final Map<String, ApiOperation> operations;

  private ApiContract(OpenAPIContract openApi, Map<String, ApiOperation> operations) {
    this.openApi = openApi;
    this.operations = operations;
  }

  /**
   * Reads the contract.
   *
   * @return fails when it is no OpenAPI 3.1, names no role for an operation, or uses a keyword that
   *     requests would not be checked for
   */
  public static Future<ApiContract> load(Vertx vertx) {
    return vertx
        .fileSystem()
        .readFile(RESOURCE)
        .compose(
            bytes -> vertx.executeBlocking(() -> parse(bytes.toString(StandardCharsets.UTF_8))))
        .compose(
            json ->
                OpenAPIContract.from(vertx, json.copy())
                    .map(openApi -> new ApiContract(openApi, operations(json))));
  }

  private static JsonObject parse(String text) {
    // The library reads no contract with media types that are not on its list, such as that of
    // problems; it sees them as plain JSON.
    String known = text.replace("application/problem+json", "application/json");
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    Map<String, Object> map = yaml.load(known);
    return new JsonObject(new JsonObject(map).encode());
  }

  private static Map<String, ApiOperation> operations(JsonObject contract) {
    Schema.Compiler schemas = new Schema.Compiler(contract);
    Map<String, ApiOperation> operations = new TreeMap<>();
    for (Map.Entry<String, Object> path : contract.getJsonObject("paths")) {
      for (Map.Entry<String, Object> entry : (JsonObject) path.getValue()) {
        JsonObject description = (JsonObject) entry.getValue();
        HttpMethod method = HttpMethod.valueOf(entry.getKey().toUpperCase(Locale.ROOT));
        ApiOperation operation =
            ApiOperation.of(
                method, path.getKey(), description, parameters(contract, description), schemas);
        operations.put(operation.id(), operation);
      }
    }
    return Map.copyOf(operations);
  }

  private static List<JsonObject> parameters(JsonObject contract, JsonObject operation) {
    JsonObject named = contract.getJsonObject("components").getJsonObject("parameters");
    List<JsonObject> parameters = new ArrayList<>();
    for (Object entry : operation.getJsonArray("parameters", new JsonArray())) {
      String reference = ((JsonObject) entry).getString("$ref");
      parameters.add(named.getJsonObject(reference.substring(PARAMETERS.length())));
    }
    return parameters;
  }

  OpenAPIContract openApi() {
    return openApi;
  }

  /** The operations by id. */
  Map<String, ApiOperation> operations() {
    return operations;
  }
}
