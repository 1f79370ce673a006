package dev.holdfast.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Answers of listeners that are asked by machines and people of the house. */
final class JsonAnswer {
  private JsonAnswer() {}

  /** Nobody keeps it: it is true for the moment. */
  static void send(RoutingContext context, int status, JsonObject body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(body.toBuffer());
  }

  /**
   * How many the caller wants.
   *
   * @param most 1 to 9,999
   * @throws ProblemException 400 when {@code limit} is no number from 1 to the most
   */
  static int limit(RoutingContext context, int usual, int most) {
    String given = context.request().getParam("limit");
    if (given == null) {
      return usual;
    }
    if (given.matches("[1-9]\\d{0,3}") && Integer.parseInt(given) <= most) {
      return Integer.parseInt(given);
    }
    throw Problem.badRequest("invalid_limit", "limit must be 1 to " + most + ".").asException();
  }
}
