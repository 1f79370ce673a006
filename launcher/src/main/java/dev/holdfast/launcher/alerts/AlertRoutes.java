package dev.holdfast.launcher.alerts;

import dev.holdfast.alert.Alert;
import dev.holdfast.alert.Alerts;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.web.Caller;
import dev.holdfast.web.Measured;
import dev.holdfast.web.Problem;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What operators see of alerts and do about them. Stands behind the check for an administrator's
 * token.
 */
public final class AlertRoutes {
  private static final int USUAL = 100;
  private static final int NOTE_MAX = 200;

  private final Alerts alerts;
  private final Supplier<Deadline> deadline;

  /**
   * @param deadline of a question that begins now
   */
  public AlertRoutes(Alerts alerts, Supplier<Deadline> deadline) {
    this.alerts = alerts;
    this.deadline = deadline;
  }

  /** Adds the routes. */
  public void on(Router router) {
    get(router, "/alerts", context -> Future.succeededFuture(alerts.active()));
    get(router, "/alerts/history", context -> alerts.history(limit(context), deadline.get()));
    get(router, "/alerts/deliveries", context -> alerts.deliveries(limit(context), deadline.get()));
    post(router, "/alerts/test", context -> alerts.test(by(context)));
    post(router, "/alerts/:id/acknowledge", this::acknowledge);
    post(router, "/alerts/:id/resolve", this::resolve);
  }

  private static void get(Router router, String path, Function<RoutingContext, Future<?>> answer) {
    router
        .get(path)
        .handler(Measured.named("GET " + path))
        .handler(context -> respond(context, answer));
  }

  private static void post(Router router, String path, Function<RoutingContext, Future<?>> action) {
    router
        .post(path)
        .handler(Measured.named("POST " + path))
        .handler(context -> respond(context, action));
  }

  private static void respond(RoutingContext context, Function<RoutingContext, Future<?>> answer) {
    Future.succeededFuture(context)
        .compose(answer::apply)
        .map(RecordJson::write)
        .onSuccess(
            body ->
                context
                    .response()
                    .putHeader("Content-Type", "application/json")
                    .end(Buffer.buffer(body)))
        .onFailure(context::fail);
  }

  private static String by(RoutingContext context) {
    return Caller.of(context).subject();
  }

  private static int limit(RoutingContext context) {
    String text = context.queryParams().get("limit");
    if (text == null) {
      return USUAL;
    }
    int limit = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > Alerts.HISTORY_MAX) {
      throw wrong("limit must be 1 to " + Alerts.HISTORY_MAX + ".");
    }
    return limit;
  }

  private Future<?> acknowledge(RoutingContext context) {
    return alerts.acknowledge(id(context), by(context)).map(AlertRoutes::found);
  }

  private Future<?> resolve(RoutingContext context) {
    String note = Optional.ofNullable(context.queryParams().get("note")).orElse("").strip();
    if (note.length() > NOTE_MAX) {
      throw wrong("note must have " + NOTE_MAX + " characters at most.");
    }
    return alerts.resolve(id(context), by(context), note).map(AlertRoutes::found);
  }

  private static Map<String, Alert> found(Optional<Alert> alert) {
    return Map.of(
        "alert",
        alert.orElseThrow(
            () ->
                Problem.of(404, "not_found", "No alert of this id is active here.").asException()));
  }

  private static UUID id(RoutingContext context) {
    try {
      return UUID.fromString(context.pathParam("id"));
    } catch (IllegalArgumentException malformed) {
      throw wrong("the id of an alert is a UUID.");
    }
  }

  private static RuntimeException wrong(String detail) {
    return Problem.badRequest("invalid_parameter", detail).asException();
  }
}
