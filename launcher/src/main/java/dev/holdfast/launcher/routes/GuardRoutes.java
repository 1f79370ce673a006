package dev.holdfast.launcher.routes;

import dev.holdfast.guard.Guard;
import dev.holdfast.guard.GuardState;
import dev.holdfast.guard.GuardState.State;
import dev.holdfast.guard.Guards;
import dev.holdfast.web.Caller;
import dev.holdfast.web.ForATime;
import dev.holdfast.web.Problem;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators see of guards and do to them: close one or all by hand, or hold a state for a time
 * with a reason. Stands behind the check for an administrator's token.
 */
final class GuardRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(GuardRoutes.class);

  private final Guards guards;

  GuardRoutes(Guards guards) {
    this.guards = guards;
  }

  void on(Router router) {
    ManagementRoutes.get(router, "/guards", context -> Future.succeededFuture(all()));
    ManagementRoutes.get(
        router, "/guards/:name", context -> Future.succeededFuture(shown(guard(context).state())));
    ManagementRoutes.post(router, "/guards/reset", this::resetAll);
    ManagementRoutes.post(router, "/guards/:name/reset", this::reset);
    ManagementRoutes.post(router, "/guards/:name/force", this::force);
  }

  private List<Map<String, Object>> all() {
    return guards.states().stream().map(GuardRoutes::shown).toList();
  }

  private Guard guard(RoutingContext context) {
    String name = context.pathParam("name");
    return guards
        .find(name)
        .orElseThrow(() -> new IllegalArgumentException("There is no guard " + name + "."));
  }

  private Future<?> resetAll(RoutingContext context) {
    LOG.info("all guards are reset by {}", Caller.of(context).subject());
    guards.resetAll();
    return Future.succeededFuture(all());
  }

  private Future<?> reset(RoutingContext context) {
    Guard guard = guard(context);
    LOG.info("guard {} is reset by {}", guard.name(), Caller.of(context).subject());
    guard.reset();
    return Future.succeededFuture(shown(guard.state()));
  }

  private Future<?> force(RoutingContext context) {
    Guard guard = guard(context);
    State state = state(context.queryParams().get("state"));
    ForATime change = ForATime.of(context);
    guard.force(state, change.time(), change.reason());
    return Future.succeededFuture(shown(guard.state()));
  }

  private static State state(String text) {
    return Arrays.stream(State.values())
        .filter(state -> word(state).equals(text))
        .findFirst()
        .orElseThrow(() -> wrong("state must be open, half_open or closed."));
  }

  private static RuntimeException wrong(String detail) {
    return Problem.badRequest("invalid_parameter", detail).asException();
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** A guard as operators see it. */
  static Map<String, Object> shown(GuardState state) {
    GuardState.Counts counts = state.counts();
    Map<String, Object> guard = new LinkedHashMap<>();
    guard.put("guard", state.name());
    guard.put("state", state.state());
    guard.put("since", state.since());
    guard.put("forced", state.forced());
    guard.put("endsInMs", state.endsIn().toMillis());
    guard.put("halfOpenInMs", state.halfOpenIn().toMillis());
    guard.put("loadPercent", state.loadPercent());
    guard.put("windowCalls", state.windowCalls());
    guard.put("windowFailures", state.windowFailures());
    guard.put("windowSlow", state.windowSlow());
    guard.put("successRate", counts.successRate());
    guard.put("succeeded", counts.succeeded());
    guard.put("failed", counts.failed());
    guard.put("refused", counts.refusedOpen() + counts.refusedFull() + counts.refusedLate());
    guard.put("retries", counts.retries());
    guard.put("retriesSucceeded", counts.retriesSucceeded());
    guard.put("retriesExhausted", counts.retriesExhausted());
    guard.put("retriesOverBudget", counts.retriesOverBudget());
    guard.put("openings", counts.openings());
    guard.put("transitions", counts.transitions());
    guard.put("running", counts.running());
    guard.put("waiting", counts.waiting());
    return guard;
  }
}
