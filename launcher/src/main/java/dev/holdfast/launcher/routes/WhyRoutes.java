package dev.holdfast.launcher.routes;

import dev.holdfast.bus.Bus;
import dev.holdfast.commerce.fraud.FraudProtocol.AssessmentOf;
import dev.holdfast.commerce.order.OrderProtocol.Order;
import dev.holdfast.commerce.order.OrderProtocol.OrderById;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentOf;
import dev.holdfast.commerce.transport.TransportProtocol.ShipmentOf;
import dev.holdfast.degradation.Degradation;
import dev.holdfast.degradation.FeatureState;
import dev.holdfast.degradation.FeatureState.State;
import dev.holdfast.degradation.Features;
import dev.holdfast.degradation.LevelHistory;
import dev.holdfast.degradation.Standing;
import dev.holdfast.errors.Attempted;
import dev.holdfast.errors.SafeExecution;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.ErrorSeverity;
import dev.holdfast.kernel.Query;
import dev.holdfast.launcher.platform.Platform;
import dev.holdfast.workflow.RunLog;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Why things are as they are: the platform's level, mode and features, and where an order stands
 * and why. The first is answered from memory. Features are marked and unmarked here by hand.
 */
final class WhyRoutes {
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final int CHANGES = 20;

  private final Degradation degradation;
  private final Features features;
  private final LevelHistory history;
  private final RunLog runs;
  private final Bus bus;
  private final SafeExecution safely;
  private final Clock clock;

  WhyRoutes(Platform platform) {
    this.degradation = platform.degradation().degradation();
    this.features = platform.degradation().features();
    this.history = platform.degradation().history();
    this.runs = new RunLog(platform.databases().queries());
    this.bus = platform.bus();
    this.safely = new SafeExecution("management", platform.errors());
    this.clock = platform.clock();
  }

  void on(Router router) {
    ManagementRoutes.get(router, "/why", context -> Future.succeededFuture(why()));
    ManagementRoutes.get(router, "/why/orders/:id", this::order);
    ManagementRoutes.post(router, "/features/:name/degrade", this::degrade);
    ManagementRoutes.post(
        router,
        "/features/:name/restore",
        context -> Future.succeededFuture(features.unmark(context.pathParam("name"))));
  }

  private Map<String, Object> why() {
    Standing standing = degradation.standing();
    List<FeatureState> states = features.states();
    Map<String, Object> why = new LinkedHashMap<>();
    why.put("summary", summary(standing, states));
    why.put("level", standing.level().number());
    why.put("name", standing.level().label());
    why.put("since", standing.since());
    why.put("mode", standing.mode().label());
    why.put("modeSince", standing.modeSince());
    why.put("health", features.healthPercent());
    why.put("reasons", standing.reasons());
    why.put("load", standing.load());
    why.put("loadReasons", standing.loadReasons());
    why.put("agents", agents(standing));
    why.put("off", in(states, State.OFF));
    why.put("degraded", in(states, State.DEGRADED));
    why.put("works", in(states, State.ON).stream().map(FeatureState::feature).toList());
    why.put("changes", last(degradation.changes()));
    why.put("history", history.latest(CHANGES));
    why.put("modeChanges", last(degradation.modeChanges()));
    return why;
  }

  /** One sentence for a person. */
  private String summary(Standing standing, List<FeatureState> states) {
    List<String> reasons = new ArrayList<>();
    standing.reasons().forEach(reason -> reasons.add(reason.subject() + ": " + reason.text()));
    reasons.addAll(standing.loadReasons());
    return "Level %d (%s), mode %s; %d of %d features are offered, %d %% of them all are left%s."
        .formatted(
            standing.level().number(),
            standing.level().label(),
            standing.mode().label(),
            states.size() - in(states, State.OFF).size(),
            states.size(),
            features.healthPercent(),
            reasons.isEmpty() ? "" : " (" + String.join("; ", reasons) + ")");
  }

  private static Map<String, Object> agents(Standing standing) {
    Map<String, Object> agents = new TreeMap<>();
    standing
        .agents()
        .forEach(
            (agent, own) ->
                agents.put(
                    agent,
                    Map.of(
                        "level", own.level().number(),
                        "name", own.level().label(),
                        "since", own.since())));
    return agents;
  }

  private static List<FeatureState> in(List<FeatureState> states, State state) {
    return states.stream().filter(each -> each.state() == state).toList();
  }

  private static <C> List<C> last(List<C> changes) {
    return changes.subList(Math.max(0, changes.size() - CHANGES), changes.size());
  }

  private Future<?> degrade(RoutingContext context) {
    String severity = context.queryParams().get("severity");
    return Future.succeededFuture(
        features.mark(
            context.pathParam("name"),
            Optional.ofNullable(context.queryParams().get("reason")).orElse("marked by hand"),
            severity == null
                ? ErrorSeverity.MEDIUM
                : ErrorSeverity.valueOf(severity.toUpperCase(Locale.ROOT)),
            Optional.ofNullable(context.queryParams().get("fallback"))));
  }

  /** The order, its run, and what each agent says of it. */
  private Future<?> order(RoutingContext context) {
    UUID order = UUID.fromString(context.pathParam("id"));
    String merchant = context.queryParams().get("merchant");
    int tenant = merchant == null ? 1 : Integer.parseInt(merchant);
    return bus.ask(new OrderById(tenant, order), deadline())
        .compose(
            found ->
                Future.join(
                        runs.find(found.run(), deadline()),
                        orNothing("why: assessment", new AssessmentOf(tenant, order)),
                        orNothing("why: payment", new PaymentOf(tenant, order)),
                        orNothing("why: shipment", new ShipmentOf(tenant, order)))
                    .map(all -> told(found, all.list())));
  }

  private <R> Future<?> orNothing(String operation, Query<R> query) {
    return safely.run(operation, () -> bus.ask(query, deadline())).map(Attempted::found);
  }

  private Map<String, Object> told(Order order, List<Object> parts) {
    Standing standing = degradation.standing();
    Map<String, Object> why = new LinkedHashMap<>();
    why.put("level", standing.level().number());
    why.put("reasons", standing.reasons());
    why.put("order", order);
    String[] names = {"run", "assessment", "payment", "shipment"};
    for (int at = 0; at < names.length; at++) {
      String name = names[at];
      ((Optional<?>) parts.get(at)).ifPresent(part -> why.put(name, part));
    }
    return why;
  }

  private Deadline deadline() {
    return Deadline.in(DEADLINE, clock);
  }
}
