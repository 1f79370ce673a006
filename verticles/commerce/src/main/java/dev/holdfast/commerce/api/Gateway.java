package dev.holdfast.commerce.api;

import dev.holdfast.bus.QueryRefused;
import dev.holdfast.degradation.Admission;
import dev.holdfast.degradation.AdmissionControl;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.telemetry.HttpMeters;
import dev.holdfast.web.Authentication;
import dev.holdfast.web.Caller.Role;
import dev.holdfast.web.Failures;
import dev.holdfast.web.IdempotencyKey;
import dev.holdfast.web.JsonBody;
import dev.holdfast.web.Measured;
import dev.holdfast.web.Problem;
import dev.holdfast.web.Tokens;
import dev.holdfast.web.Traced;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The router of the API. The contract says which routes there are; a request passes, in this order,
 * the caller's token, the operation's roles, the key, the strict reading of JSON, the contract's
 * rules, the admission control, and its handler.
 */
final class Gateway {
  private final ApiContract contract;
  private final GatewaySettings settings;
  private final Agents agents;
  private final Tokens tokens;
  private final HttpMeters meters;
  private final AdmissionControl admissions;
  private final ErrorReports reports;
  private final OrderEntry orders;
  private final Map<String, Served> handlers = new HashMap<>();

  /** An operation's handler, and whose command or question it asks. */
  private record Served(String agent, Function<ApiCall, Future<ApiAnswer>> handler) {}

  Gateway(
      ApiContract contract,
      GatewaySettings settings,
      Agents agents,
      Submissions submissions,
      Tokens tokens,
      Pages pages,
      HttpMeters meters,
      AdmissionControl admissions,
      ErrorReports reports,
      Fallback fallback,
      Patience patience) {
    this.contract = contract;
    this.settings = settings;
    this.agents = agents;
    this.tokens = tokens;
    this.meters = meters;
    this.reports = reports;
    this.admissions = admissions;
    Snapshots snapshots = new Snapshots(fallback, patience, agents.clock());
    OrderIntents intents = new OrderIntents(fallback, agents.clock(), patience);
    NewOrders newOrders = new NewOrders(agents, snapshots);
    orders = new OrderEntry(agents, submissions, newOrders, intents, patience);
    serve("order", new OrderRoutes(agents, pages, orders, intents, snapshots).handlers());
    serve("aftersales", new ReturnRoutes(agents, submissions, pages).handlers());
    serve("inventory", new StockRoutes(agents, pages).handlers());
    serve("product", new ProductRoutes(agents, pages, snapshots).handlers());
    serve("customer", new CustomerRoutes(agents, pages).handlers());
    serve("payment", new PaymentRoutes(agents).handlers());
    serve("transport", new ShipmentRoutes(agents).handlers());
    serve("fraud", new FraudRoutes(agents, pages).handlers());
  }

  private void serve(String agent, Map<String, Function<ApiCall, Future<ApiAnswer>>> operations) {
    operations.forEach((id, handler) -> handlers.put(id, new Served(agent, handler)));
  }

  /** The operations that are handled. */
  Set<String> handled() {
    return handlers.keySet();
  }

  /**
   * A router for the calling context.
   *
   * @throws IllegalStateException when the contract has an operation that nobody handles, or one is
   *     handled that the contract does not have
   */
  Router router(Vertx vertx) {
    if (!handlers.keySet().equals(contract.operations().keySet())) {
      throw new IllegalStateException(
          "the contract has "
              + contract.operations().keySet()
              + ", but handled are "
              + handlers.keySet());
    }
    RouterBuilder builder = RouterBuilder.create(vertx, contract.openApi());
    for (OpenAPIRoute route : builder.getRoutes()) {
      // The library's own validation hops to a worker thread and takes every schema apart again for
      // each request; Schema does the same beforehand.
      route.setDoValidation(false).setDoSecurity(false);
      chain(route, contract.operations().get(route.getOperation().getOperationId()));
    }
    Router router = Router.router(vertx);
    router.route().handler(Gateway::secure);
    router.route(ApiContract.BASE + "/*").subRouter(builder.createRouter());
    router.route().handler(Measured.as(meters.route("other"), agents.clock()));
    otherMethods(router);
    router.route().handler(context -> context.fail(404));
    new Failures("api", reports, Gateway::problem).of(router);
    return router;
  }

  private void chain(OpenAPIRoute route, ApiOperation operation) {
    String template = operation.method() + " " + ApiContract.BASE + operation.path();
    route
        .addHandler(Measured.as(meters.route(template), agents.clock()))
        .addHandler(
            Traced.as(
                agents.traces(), operation.method().name(), ApiContract.BASE + operation.path()))
        .addHandler(Authentication.bearer(tokens))
        .addHandler(only(operation.roles()));
    if (operation.changes()) {
      BodyHandler bodies = settings.limits().bodies();
      route
          .addHandler(Gateway::needKeyAndJson)
          // As a plain handler: Vert.x wants body handlers first, but no body is read for
          // strangers.
          .addHandler(context -> bodies.handle(context))
          .addHandler(new JsonBody(settings.limits().json()).reader());
    }
    route.addHandler(context -> answer(context, operation));
  }

  private static Handler<RoutingContext> only(Set<Role> roles) {
    Role[] more = roles.toArray(Role[]::new);
    return Authentication.only(more[0], more);
  }

  private static void secure(RoutingContext context) {
    context
        .response()
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    context.next();
  }

  private static void needKeyAndJson(RoutingContext context) {
    IdempotencyKey.of(context);
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    String plain =
        type == null ? "" : type.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
    if (!plain.equals("application/json") && !plain.equals("application/json;charset=utf-8")) {
      throw Problem.of(415, "unsupported_media_type", "Send application/json.").asException();
    }
    context.next();
  }

  private void answer(RoutingContext context, ApiOperation operation) {
    operation.checkParameters(context);
    if (operation.body() != null) {
      operation.checkBody(JsonBody.of(context));
    }
    Served served = handlers.get(operation.id());
    Admission admission = admissions.admit(served.agent(), operation.id(), operation.changes());
    Deadline deadline = Deadline.in(settings.request(), agents.clock());
    ApiCall call = new ApiCall(context, operation, deadline, admission);
    Future.succeededFuture(call)
        .compose(
            begun ->
                admission instanceof Admission.Refuse refusal
                    ? refused(call, operation, refusal)
                    : served.handler().apply(call))
        .onSuccess(answer -> answer.send(context.response()))
        .onFailure(context::fail);
  }

  /**
   * What can't be kept is refused at once, before anybody is asked; what was accepted before is
   * told again.
   */
  private Future<ApiAnswer> refused(
      ApiCall call, ApiOperation operation, Admission.Refuse refusal) {
    Optional<ApiAnswer> accepted =
        operation.id().equals(OrderEntry.OPERATION) ? orders.accepted(call) : Optional.empty();
    return accepted
        .map(Future::succeededFuture)
        .orElseGet(
            () ->
                Future.failedFuture(
                    Problem.unavailable(refusal.code(), refusal.reason(), refusal.retryAfter())
                        .asException()));
  }

  /** 405 with the methods that there are. */
  private void otherMethods(Router router) {
    Map<String, Set<String>> methods =
        contract.operations().values().stream()
            .collect(
                Collectors.groupingBy(
                    ApiOperation::path,
                    TreeMap::new,
                    Collectors.mapping(
                        operation -> operation.method().name(), Collectors.toSet())));
    methods.forEach(
        (path, allowed) ->
            router
                .route(ApiContract.BASE + path.replaceAll("\\{(\\w+)}", ":$1"))
                .handler(
                    context -> {
                      MultiMap headers = context.response().headers();
                      headers.set("Allow", String.join(", ", allowed.stream().sorted().toList()));
                      context.fail(405);
                    }));
  }

  private static Optional<Problem> problem(Throwable failure) {
    return failure instanceof QueryRefused refused
        ? Optional.of(Agents.problem(refused.why()))
        : Optional.empty();
  }
}
