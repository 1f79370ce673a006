package dev.holdfast.launcher.logs;

import dev.holdfast.web.ForATime;
import dev.holdfast.web.Problem;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.event.Level;

/**
 * What operators see of log levels and do to them. Stands behind the check for an administrator's
 * token.
 */
public final class LogLevelRoutes {
  /** Below debug nothing is written anywhere. */
  private static final Set<Level> LEVELS = Set.of(Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR);

  private final LogLevels levels;

  /** How a route is added to the management listener. */
  @FunctionalInterface
  public interface Adding {
    void route(Router router, String path, Function<RoutingContext, Future<?>> answer);
  }

  public LogLevelRoutes(LogLevels levels) {
    this.levels = levels;
  }

  /** Adds the routes. */
  public void on(Router router, Adding get, Adding post) {
    get.route(router, "/log-levels", context -> Future.succeededFuture(levels.all()));
    post.route(router, "/log-levels/:agent", this::change);
    post.route(router, "/log-levels/:agent/end", this::end);
  }

  private Future<?> change(RoutingContext context) {
    Level level = level(context.queryParams().get("level"));
    ForATime change = ForATime.of(context);
    return Future.succeededFuture(
        levels.change(context.pathParam("agent"), level, change.time(), change.reason()));
  }

  private Future<?> end(RoutingContext context) {
    return Future.succeededFuture(Map.of("ended", levels.end(context.pathParam("agent"))));
  }

  private static Level level(String text) {
    return Arrays.stream(Level.values())
        .filter(LEVELS::contains)
        .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> wrong("level must be debug, info, warn or error."));
  }

  private static RuntimeException wrong(String detail) {
    return Problem.badRequest("invalid_parameter", detail).asException();
  }
}
