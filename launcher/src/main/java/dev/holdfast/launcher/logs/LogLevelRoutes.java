package dev.holdfast.launcher.logs;

import dev.holdfast.web.Caller;
import dev.holdfast.web.Problem;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
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
  private static final long DAY_SECONDS = 86_400;
  private static final int REASON_MAX = 200;

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
    Duration time = Duration.ofSeconds(seconds(context.queryParams().get("seconds")));
    String reason = reason(context.queryParams().get("reason"));
    return Future.succeededFuture(
        levels.change(
            context.pathParam("agent"),
            level,
            time,
            reason + " (" + Caller.of(context).subject() + ")"));
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

  private static long seconds(String text) {
    boolean isNumber = text != null && text.matches("[0-9]{1,6}");
    long seconds = isNumber ? Long.parseLong(text) : 0;
    if (seconds < 1 || seconds > DAY_SECONDS) {
      throw wrong("seconds must be 1 to " + DAY_SECONDS + ".");
    }
    return seconds;
  }

  private static String reason(String text) {
    if (text == null || text.isBlank() || text.length() > REASON_MAX) {
      throw wrong("reason must say why, in 1 to " + REASON_MAX + " characters.");
    }
    return text.strip();
  }

  private static RuntimeException wrong(String detail) {
    return Problem.badRequest("invalid_parameter", detail).asException();
  }
}
