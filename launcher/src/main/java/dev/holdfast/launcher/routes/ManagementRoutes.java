package dev.holdfast.launcher.routes;

import dev.holdfast.bus.RecordJson;
import dev.holdfast.guard.Guards;
import dev.holdfast.guard.Timeouts;
import dev.holdfast.journal.JournalHealth;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.launcher.alerts.AlertRoutes;
import dev.holdfast.launcher.logs.LogLevelRoutes;
import dev.holdfast.launcher.platform.Platform;
import dev.holdfast.launcher.watch.DependencyWatch;
import dev.holdfast.supervision.Supervisor;
import dev.holdfast.web.Authentication;
import dev.holdfast.web.Caller;
import dev.holdfast.web.Caller.Role;
import dev.holdfast.web.Measured;
import dev.holdfast.web.ProbeRoutes;
import dev.holdfast.web.Problem;
import dev.holdfast.web.Tokens;
import dev.holdfast.workflow.RunLog;
import dev.holdfast.workflow.RunStatus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What operators see and do: runs, and what the routes of single rooms add. All but the probes need
 * an administrator's token.
 */
final class ManagementRoutes {
  private static final int PAGE = 100;

  private final Platform platform;
  private final Supervisor supervisor;
  private final DependencyWatch dependencies;
  private final DeadLetterRoutes letters;
  private final RunLog runs;
  private final StatusReport status;
  private final WhyRoutes why;
  private final Tokens tokens;
  private final Clock clock;
  private final Guards guards;
  private final Supplier<JournalHealth> journal;
  private final Timeouts timeouts;
  private final BooleanSupplier started;

  /**
   * @param started whether the public API was opened
   */
  ManagementRoutes(Platform platform, Tokens tokens, BooleanSupplier started) {
    this.started = started;
    this.platform = platform;
    this.supervisor = platform.supervisor();
    this.dependencies = platform.degradation().watch();
    this.letters = new DeadLetterRoutes(platform);
    this.runs = new RunLog(platform.databases().queries());
    this.status = new StatusReport(platform);
    this.why = new WhyRoutes(platform);
    this.tokens = tokens;
    this.clock = platform.clock();
    this.guards = platform.guards();
    this.journal = platform::journal;
    this.timeouts = platform.timeouts();
  }

  void on(Router router) {
    new ProbeRoutes(started, this::readiness).on(router);
    router.route().handler(Authentication.bearer(tokens)).handler(Authentication.only(Role.ADMIN));
    get(router, "/status", context -> status.read(deadline()));
    new SupervisionRoutes(platform).on(router);
    letters.on(router);
    get(router, "/runs", this::runsPage);
    get(router, "/runs/:id", this::run);
    post(router, "/runs/:id/resume", this::resume);
    get(router, "/performance", context -> Future.succeededFuture(platform.performance().report()));
    get(router, "/journal", context -> Future.succeededFuture(journal.get()));
    new GuardRoutes(guards).on(router);
    new LogLevelRoutes(platform.logLevels())
        .on(router, ManagementRoutes::get, ManagementRoutes::post);
    new AlertRoutes(platform.alerts().alerts(), this::deadline).on(router);
    why.on(router);
  }

  private Deadline deadline() {
    return timeouts.deadline("management", clock);
  }

  private ProbeRoutes.Readiness readiness() {
    int level = dependencies.level();
    return new ProbeRoutes.Readiness(
        level < 4 && supervisor.state().isWell(), level, dependencies.reasons());
  }

  /** A question: 200 with the answer as JSON. */
  static void get(Router router, String path, Function<RoutingContext, Future<?>> answer) {
    router
        .get(path)
        .handler(Measured.named("GET " + path))
        .handler(context -> respond(context, answer));
  }

  /** An act: 200 with what came of it. */
  static void post(Router router, String path, Function<RoutingContext, Future<?>> action) {
    router
        .post(path)
        .handler(Measured.named("POST " + path))
        .handler(context -> respond(context, action));
  }

  static void respond(RoutingContext context, Function<RoutingContext, Future<?>> answer) {
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

  private static void send(RoutingContext context, int status, String body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(Buffer.buffer(body));
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
    return letters
        .resume(id, forward, Caller.of(context).subject())
        .map(resumed -> Map.of("resumed", resumed));
  }
}
