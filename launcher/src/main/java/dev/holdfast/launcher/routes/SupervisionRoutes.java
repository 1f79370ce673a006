package dev.holdfast.launcher.routes;

import dev.holdfast.bus.RecordJson;
import dev.holdfast.launcher.platform.Platform;
import dev.holdfast.recovery.Configuration;
import dev.holdfast.recovery.ConfigurationRefused;
import dev.holdfast.recovery.Configurations;
import dev.holdfast.recovery.Reactions;
import dev.holdfast.supervision.Supervisor;
import dev.holdfast.web.Caller;
import dev.holdfast.web.HttpLimits;
import dev.holdfast.web.JsonBody;
import dev.holdfast.web.Problem;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.Function;

/** What operators see of the tree and do to its agents. Behind an administrator's token. */
final class SupervisionRoutes {
  private final Supervisor supervisor;
  private final Configurations configurations;
  private final Reactions reactions;

  SupervisionRoutes(Platform platform) {
    this.supervisor = platform.supervisor();
    this.configurations = platform.recovery().configurations();
    this.reactions = platform.reactions();
  }

  void on(Router router) {
    router.get("/supervisor").handler(answer(context -> supervisor.state()));
    router.get("/reactions").handler(answer(context -> reactions.known()));
    router.get("/incidents").handler(answer(context -> incidents()));
    post(router, "restart", this::restart);
    post(router, "crash", context -> supervisor.crash(id(context)));
    post(router, "unpark", context -> supervisor.unpark(id(context)));
    router
        .get("/agents/:id/configuration")
        .handler(answer(context -> configurations.all(id(context))));
    router
        .post("/agents/:id/configuration")
        .handler(HttpLimits.DEFAULTS.bodies())
        .handler(new JsonBody(HttpLimits.DEFAULTS.json()).reader())
        .handler(context -> respond(context, this::configure));
  }

  private static void post(
      Router router, String order, Function<RoutingContext, Future<?>> action) {
    router.post("/agents/:id/" + order).handler(context -> respond(context, action));
  }

  private static Handler<RoutingContext> answer(Function<RoutingContext, Object> answer) {
    return context -> respond(context, asked -> Future.succeededFuture(answer.apply(asked)));
  }

  private static void respond(RoutingContext context, Function<RoutingContext, Future<?>> answer) {
    Future.succeededFuture(context)
        .compose(answer::apply)
        .map(body -> RecordJson.write(body == null ? Map.of("done", true) : body))
        .onSuccess(
            body ->
                context
                    .response()
                    .putHeader("Content-Type", "application/json")
                    .end(Buffer.buffer(body)))
        .onFailure(cause -> context.fail(problem(cause)));
  }

  /** A child that is not there, or an order that can't be carried out, is the caller's mistake. */
  private static Throwable problem(Throwable cause) {
    return switch (cause) {
      case ConfigurationRefused refused ->
          Problem.of(422, "configuration_refused", String.valueOf(refused.getMessage()))
              .asException();
      case IllegalArgumentException wrong ->
          Problem.of(404, "not_found", String.valueOf(wrong.getMessage())).asException();
      default -> cause;
    };
  }

  private static String id(RoutingContext context) {
    return context.pathParam("id");
  }

  private Object incidents() {
    return Map.of("summary", supervisor.summary(), "incidents", supervisor.incidents());
  }

  private Future<?> restart(RoutingContext context) {
    return supervisor.restart(id(context), askedBy(context));
  }

  private static String askedBy(RoutingContext context) {
    return "asked by " + Caller.of(context).subject();
  }

  /** The agent is started anew with it; if it then crashes again and again it is rolled back. */
  private Future<?> configure(RoutingContext context) {
    String agent = id(context);
    Configuration made =
        configurations.change(agent, JsonBody.of(context).getMap(), askedBy(context));
    return supervisor
        .restart(agent, "configuration " + made.version() + " " + made.origin())
        .map(ordered -> made);
  }
}
