package dev.holdfast.commerce.api;

import dev.holdfast.web.EntityTag;
import dev.holdfast.web.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/**
 * What goes back.
 *
 * @param body null for none
 * @param location or null
 * @param tag an entity tag, or null
 */
record ApiAnswer(int status, JsonObject body, String location, String tag) {

  static ApiAnswer of(int status, JsonObject body) {
    return new ApiAnswer(status, body, null, null);
  }

  static ApiAnswer ok(JsonObject body) {
    return of(200, body);
  }

  ApiAnswer at(String path) {
    return new ApiAnswer(status, body, ApiContract.BASE + path, tag);
  }

  ApiAnswer tagged(long version) {
    return new ApiAnswer(status, body, location, EntityTag.of(version));
  }

  void send(HttpServerResponse response) {
    response.setStatusCode(status);
    if (location != null) {
      response.putHeader(HttpHeaders.LOCATION, location);
    }
    if (tag != null) {
      response.putHeader(HttpHeaders.ETAG, tag);
    }
    if (body == null) {
      response.end();
      return;
    }
    response
        .putHeader(
            HttpHeaders.CONTENT_TYPE, status >= 400 ? Problem.MEDIA_TYPE : "application/json")
        .end(body.toBuffer());
  }
}
