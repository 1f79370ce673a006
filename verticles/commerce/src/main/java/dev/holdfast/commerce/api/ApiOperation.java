package dev.holdfast.commerce.api;

import dev.holdfast.commerce.shared.Field;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.web.Caller.Role;
import dev.holdfast.web.Problem;
import dev.holdfast.web.ProblemException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One operation of the contract, ready to check requests with.
 *
 * @param id the contract's operationId, part of every command id made under it
 * @param path below the base path, with parameters in braces
 * @param roles who may ask it
 * @param body null where there is none
 * @param parameters those in path and query, by name
 */
record ApiOperation(
    String id,
    HttpMethod method,
    String path,
    Set<Role> roles,
    Schema body,
    Map<String, Parameter> parameters) {

  /** A parameter in path or query. */
  record Parameter(
      String name, boolean inQuery, boolean required, boolean integer, Schema schema) {}

  /**
   * The operation that the contract describes.
   *
   * @param parameters with references followed
   * @throws IllegalArgumentException when no role may ask it, or one is not known
   */
  static ApiOperation of(
      HttpMethod method,
      String path,
      JsonObject operation,
      List<JsonObject> parameters,
      Schema.Compiler schemas) {
    String id = operation.getString("operationId");
    if (operation.getJsonArray("x-roles") == null || operation.getJsonArray("x-roles").isEmpty()) {
      throw new IllegalArgumentException("no role may ask the operation " + id);
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (Object role : operation.getJsonArray("x-roles")) {
      roles.add(Role.valueOf(((String) role).toUpperCase(Locale.ROOT)));
    }
    JsonObject content = operation.getJsonObject("requestBody");
    Schema body =
        content == null
            ? null
            : schemas.compile(
                content
                    .getJsonObject("content")
                    .getJsonObject("application/json")
                    .getJsonObject("schema"));
    Map<String, Parameter> named = new HashMap<>();
    for (JsonObject parameter : parameters) {
      if (!parameter.getString("in").equals("header")) {
        named.put(parameter.getString("name"), parameter(parameter, schemas));
      }
    }
    return new ApiOperation(id, method, path, roles, body, Map.copyOf(named));
  }

  private static Parameter parameter(JsonObject parameter, Schema.Compiler schemas) {
    JsonObject schema = parameter.getJsonObject("schema");
    return new Parameter(
        parameter.getString("name"),
        parameter.getString("in").equals("query"),
        parameter.getBoolean("required", false),
        "integer".equals(schema.getString("type")),
        schemas.compile(schema));
  }

  /** Whether it changes state and so needs a key. */
  boolean changes() {
    return method.equals(HttpMethod.POST);
  }

  /**
   * Checks path and query.
   *
   * @throws ProblemException 400 that names the parameter
   */
  void checkParameters(RoutingContext context) {
    MultiMap query = context.queryParams();
    for (String name : query.names()) {
      Parameter known = parameters.get(name);
      if (known == null || !known.inQuery()) {
        throw Problem.badRequest("unknown_parameter", name + " is not a parameter of this request.")
            .asException();
      }
      if (query.getAll(name).size() > 1) {
        throw invalid(name, "must stand once");
      }
    }
    for (Parameter parameter : parameters.values()) {
      String name = parameter.name();
      check(parameter, parameter.inQuery() ? query.get(name) : context.pathParam(name));
    }
  }

  private static void check(Parameter parameter, String text) {
    if (text == null) {
      if (parameter.required()) {
        throw invalid(parameter.name(), "must be there");
      }
      return;
    }
    Schema.Fault fault =
        parameter.schema().fault(parameter.integer() ? number(parameter.name(), text) : text);
    if (fault != null) {
      throw invalid(parameter.name(), fault.why());
    }
    if (text.indexOf('\0') >= 0) {
      // PostgreSQL stores no NUL in a text.
      throw invalid(parameter.name(), "must not contain the character U+0000");
    }
  }

  private static Long number(String name, String text) {
    if (!text.matches("-?[0-9]{1,18}")) {
      throw invalid(name, "must be an integer");
    }
    return Long.valueOf(text);
  }

  /**
   * Checks a body that was read.
   *
   * @throws ProblemException 400 that names the field
   */
  void checkBody(JsonObject object) {
    Schema.Fault fault = body.fault(object.getMap());
    if (fault == null) {
      return;
    }
    if (fault.unknown()) {
      throw Problem.badRequest("unknown_field", fault.field() + " " + fault.why() + ".")
          .asException();
    }
    throw invalid(fault.field(), fault.why());
  }

  /** 400 with the code {@code invalid_<field>}. */
  static ProblemException invalid(String field, String why) {
    Refusal refusal = Field.invalid(field.replaceAll("\\[\\d+\\]$", ""), why);
    return Problem.badRequest(refusal.code(), field + " " + why + ".").asException();
  }
}
