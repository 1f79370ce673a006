package dev.holdfast.launcher;

import dev.holdfast.bus.Bus;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.commerce.fraud.FraudProtocol.AssessmentOf;
import dev.holdfast.commerce.order.OrderProtocol.Order;
import dev.holdfast.commerce.order.OrderProtocol.OrderById;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentOf;
import dev.holdfast.commerce.transport.TransportProtocol.ShipmentOf;
import dev.holdfast.deadletter.DeadLetterStore;
import dev.holdfast.deadletter.DeadLetters;
import dev.holdfast.guard.Guards;
import dev.holdfast.guard.Timeouts;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Query;
import dev.holdfast.supervision.Supervisor;
import dev.holdfast.web.Authentication;
import dev.holdfast.web.Caller;
import dev.holdfast.web.Caller.Role;
import dev.holdfast.web.Problem;
import dev.holdfast.web.Tokens;
import dev.holdfast.workflow.RunLog;
import dev.holdfast.workflow.RunStatus;
import dev.holdfast.workflow.WorkflowRunner;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What operators see and do: the tree, restarts, dead letters, runs, and why an order is where it
 * is. All but the probes need an administrator's token.
 */
final class ManagementRoutes {
  private static final int PAGE = 100;

  private final Supervisor supervisor;
  private final DependencyWatch dependencies;
  private final DeadLetters letters;
  private final DeadLetterStore letterStore;
  private final RunLog runs;
  private final WorkflowRunner runner;
  private final StatusReport status;
  private final Bus bus;
  private final Tokens tokens;
  private final Clock clock;
  private final Guards guards;
  private final Timeouts timeouts;

  ManagementRoutes(Platform platform, Tokens tokens) {
    this.supervisor = platform.supervisor();
    this.dependencies = platform.dependencies();
    this.letters = platform.letters();
    this.letterStore = new DeadLetterStore(platform.databases().queries());
    this.runs = new RunLog(platform.databases().queries());
    this.runner = platform.runner();
    this.status = new StatusReport(platform);
    this.bus = platform.bus();
    this.tokens = tokens;
    this.clock = platform.clock();
    this.guards = platform.guards();
    this.timeouts = platform.timeouts();
  }

  void on(Router router) {
    router.get("/health/live").handler(this::live);
    router.get("/health/ready").handler(this::ready);
    router.route().handler(Authentication.bearer(tokens)).handler(Authentication.only(Role.ADMIN));
    get(router, "/status", context -> status.read(deadline()));
    get(router, "/supervisor", context -> Future.succeededFuture(supervisor.state()));
    get(router, "/incidents", context -> Future.succeededFuture(supervisor.incidents()));
    post(router, "/agents/:id/restart", this::restart);
    post(router, "/agents/:id/crash", context -> supervisor.crash(context.pathParam("id")));
    post(router, "/agents/:id/unpark", context -> supervisor.unpark(context.pathParam("id")));
    get(router, "/dead-letters", this::deadLetters);
    post(router, "/dead-letters/:number/replay", this::replay);
    post(router, "/dead-letters/:number/discard", this::discard);
    get(router, "/runs", this::runsPage);
    get(router, "/runs/:id", this::run);
    post(router, "/runs/:id/resume", this::resume);
    new GuardRoutes(guards).on(router);
    get(router, "/why/orders/:id", this::why);
  }

  private Deadline deadline() {
    return timeouts.deadline("management", clock);
  }

  private void live(RoutingContext context) {
    json(context, 200, Map.of("status", "alive"));
  }

  private void ready(RoutingContext context) {
    boolean isReady = dependencies.level() < 4 && supervisor.state().isWell();
    json(
        context,
        isReady ? 200 : 503,
        Map.of("ready", isReady, "level", dependencies.level(), "reasons", dependencies.reasons()));
  }

  static void get(Router router, String path, Function<RoutingContext, Future<?>> answer) {
    router.get(path).handler(context -> respond(context, answer));
  }

  static void post(Router router, String path, Function<RoutingContext, Future<?>> action) {
    router.post(path).handler(context -> respond(context, action));
  }

  private static void respond(RoutingContext context, Function<RoutingContext, Future<?>> answer) {
    Future.succeededFuture(context)
        .compose(answer::apply)
        .map(body -> RecordJson.write(body == null ? Map.of("done", true) : body))
        .onSuccess(body -> send(context, 200, body))
        .onFailure(cause -> context.fail(cause(cause)));
  }

  /** A child or number that is not there is the caller's mistake. */
  private static Throwable cause(Throwable cause) {
    return cause instanceof IllegalArgumentException wrong
        ? Problem.of(404, "not_found", String.valueOf(wrong.getMessage())).asException()
        : cause;
  }

  private static void json(RoutingContext context, int status, Object body) {
    send(context, status, RecordJson.write(body));
  }

  private static void send(RoutingContext context, int status, String body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(Buffer.buffer(body));
  }

  private Future<?> restart(RoutingContext context) {
    return supervisor.restart(context.pathParam("id"), "asked by " + Caller.of(context).subject());
  }

  private Future<?> deadLetters(RoutingContext context) {
    String agent = context.queryParams().get("agent");
    boolean all = "true".equals(context.queryParams().get("closed"));
    String after = Optional.ofNullable(context.queryParams().get("after")).orElse("0");
    return letterStore.page(agent, !all, Long.parseLong(after), PAGE, deadline());
  }

  private Future<?> replay(RoutingContext context) {
    return letters
        .replay(Long.parseLong(context.pathParam("number")), deadline())
        .map(ManagementRoutes::closing);
  }

  private Future<?> discard(RoutingContext context) {
    String reason = Optional.ofNullable(context.queryParams().get("reason")).orElse("");
    return letters
        .discard(Long.parseLong(context.pathParam("number")), reason, deadline())
        .map(ManagementRoutes::closing);
  }

  private static Object closing(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Done<?> done -> Map.of("closed", done.reply());
      case Outcome.Rejected<?> rejected -> throw Problem.of(rejected.why()).asException();
    };
  }

  private Future<?> runsPage(RoutingContext context) {
    String wanted = context.queryParams().get("status");
    return runs.page(wanted == null ? null : RunStatus.valueOf(wanted), PAGE, deadline());
  }

  private Future<?> run(RoutingContext context) {
    UUID id = UUID.fromString(context.pathParam("id"));
    return runs.find(id, deadline())
        .map(run -> run.orElseThrow(() -> new IllegalArgumentException("no run " + id)));
  }

  private Future<?> resume(RoutingContext context) {
    UUID id = UUID.fromString(context.pathParam("id"));
    boolean forward = !"back".equals(context.queryParams().get("direction"));
    return runner.resume(id, forward).map(resumed -> Map.of("resumed", resumed));
  }

  /** The order, its run, and what each agent says of it. */
  private Future<?> why(RoutingContext context) {
    UUID order = UUID.fromString(context.pathParam("id"));
    String merchant = context.queryParams().get("merchant");
    int tenant = merchant == null ? 1 : Integer.parseInt(merchant);
    return bus.ask(new OrderById(tenant, order), deadline())
        .compose(
            found ->
                Future.join(
                        runs.find(found.run(), deadline()),
                        or(new AssessmentOf(tenant, order)),
                        or(new PaymentOf(tenant, order)),
                        or(new ShipmentOf(tenant, order)))
                    .map(all -> told(found, all.list(), dependencies)));
  }

  private <R> Future<?> or(Query<R> query) {
    return bus.ask(query, deadline()).map(Optional::of).otherwise(none -> Optional.empty());
  }

  private static Map<String, Object> told(
      Order order, List<Object> parts, DependencyWatch platform) {
    Map<String, Object> why = new LinkedHashMap<>();
    why.put("level", platform.level());
    why.put("reasons", platform.reasons());
    why.put("order", order);
    String[] names = {"run", "assessment", "payment", "shipment"};
    for (int at = 0; at < names.length; at++) {
      ((Optional<?>) parts.get(at)).ifPresent(put(why, names[at]));
    }
    return why;
  }

  private static Consumer<Object> put(Map<String, Object> why, String name) {
    return part -> why.put(name, part);
  }
}
