package dev.holdfast.launcher.routes;

import dev.holdfast.bus.RecordJson;
import dev.holdfast.chaos.FaultRequest;
import dev.holdfast.chaos.Faults;
import dev.holdfast.launcher.faults.Chaos;
import dev.holdfast.web.Authentication;
import dev.holdfast.web.Caller.Role;
import dev.holdfast.web.HttpLimits;
import dev.holdfast.web.JsonBody;
import dev.holdfast.web.JsonLimits;
import dev.holdfast.web.Problem;
import dev.holdfast.web.Tokens;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;

/**
 * Faults on demand, for administrators: begin one, list what is active, end one. Registered nowhere
 * in production.
 */
public final class ChaosRoutes {
  private static final JsonBody JSON = new JsonBody(JsonLimits.DEFAULTS);
  private static final Set<String> FIELDS =
      Set.of("fault", "target", "forMs", "byMs", "perMille", "seed");

  private final Faults faults;

  private ChaosRoutes(Faults faults) {
    this.faults = faults;
  }

  /** Registers them where there are faults; before the routes that answer all else. */
  public static void on(Router router, Chaos chaos, Tokens tokens) {
    chaos
        .faults()
        .ifPresent(
            faults -> {
              ChaosRoutes routes = new ChaosRoutes(faults);
              router
                  .route("/chaos*")
                  .handler(Authentication.bearer(tokens))
                  .handler(Authentication.only(Role.ADMIN));
              router.get("/chaos").handler(routes::list);
              router
                  .post("/chaos")
                  .handler(HttpLimits.DEFAULTS.bodies())
                  .handler(JSON.reader())
                  .handler(routes::begin);
              router.delete("/chaos/:id").handler(routes::end);
            });
  }

  private void list(RoutingContext request) {
    send(request, 200, faults.active());
  }

  private void begin(RoutingContext request) {
    JsonObject body = JsonBody.of(request);
    answer(
        request, Future.succeededFuture(body).map(ChaosRoutes::read).compose(faults::begin), 201);
  }

  private static FaultRequest read(JsonObject body) {
    if (!FIELDS.containsAll(body.fieldNames())) {
      throw new IllegalArgumentException("the body has other fields than " + FIELDS);
    }
    try {
      return new FaultRequest(
          body.getString("fault"),
          body.getString("target"),
          body.getInteger("forMs", 0),
          body.getInteger("byMs", 0),
          body.getInteger("perMille", 0),
          body.getInteger("seed", 0));
    } catch (ClassCastException wrong) {
      throw new IllegalArgumentException(
          "fault and target are text, all else whole numbers", wrong);
    }
  }

  private void end(RoutingContext request) {
    answer(
        request,
        Future.succeededFuture(request.pathParam("id"))
            .map(Long::valueOf)
            .compose(faults::end)
            .map(Map.of("done", true)),
        200);
  }

  /** The faults answer on their own loop; the request is answered on its own. */
  private static void answer(RoutingContext request, Future<?> work, int status) {
    var here = request.vertx().getOrCreateContext();
    work.onComplete(done -> here.runOnContext(back -> answer(request, done, status)));
  }

  private static void answer(RoutingContext request, AsyncResult<?> done, int status) {
    if (done.succeeded()) {
      send(request, status, done.result());
      return;
    }
    switch (done.cause()) {
      case IllegalArgumentException wrong ->
          request.fail(problem(400, "invalid_fault", wrong).asException());
      case IllegalStateException refused ->
          request.fail(problem(409, "fault_refused", refused).asException());
      default -> request.fail(done.cause());
    }
  }

  private static Problem problem(int status, String code, Throwable cause) {
    return Problem.of(status, code, String.valueOf(cause.getMessage()));
  }

  private static void send(RoutingContext request, int status, Object body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(Buffer.buffer(RecordJson.write(body)));
  }
}
