package dev.holdfast.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The probes of whoever starts and ends the process, such as Kubernetes (E-109). All are answered
 * from memory and want no token.
 *
 * <p>{@code /health/live} is answered by an event loop of the platform and looks at nothing else:
 * starting the process anew would mend neither PostgreSQL nor Kafka. {@code /health/startup} is 503
 * until the public API was opened for the first time, {@code /health/ready} while requests should
 * go to another process.
 */
public final class ProbeRoutes {
  private final BooleanSupplier started;
  private final Supplier<Readiness> readiness;

  /**
   * Whether requests may come.
   *
   * @param level of the platform, 0 full to 4 failed
   * @param reasons why the level is not 0
   */
  public record Readiness(boolean ready, int level, List<String> reasons) {
    public Readiness {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * @param started whether the start is over; never false again afterwards
   */
  public ProbeRoutes(BooleanSupplier started, Supplier<Readiness> readiness) {
    this.started = started;
    this.readiness = readiness;
  }

  /** Adds the routes. */
  public void on(Router router) {
    router.get("/health/live").handler(this::live);
    router.get("/health/startup").handler(this::startup);
    router.get("/health/ready").handler(this::ready);
  }

  private void live(RoutingContext context) {
    JsonAnswer.send(context, 200, new JsonObject().put("status", "alive"));
  }

  private void startup(RoutingContext context) {
    boolean over = started.getAsBoolean();
    JsonAnswer.send(context, over ? 200 : 503, new JsonObject().put("started", over));
  }

  private void ready(RoutingContext context) {
    Readiness now = readiness.get();
    boolean ready = now.ready() && started.getAsBoolean();
    JsonAnswer.send(
        context,
        ready ? 200 : 503,
        new JsonObject()
            .put("ready", ready)
            .put("level", now.level())
            .put("reasons", new JsonArray(now.reasons())));
  }
}
