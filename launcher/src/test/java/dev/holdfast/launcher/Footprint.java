package dev.holdfast.launcher;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.launcher.platform.Platform;
import dev.holdfast.launcher.process.Waiting;
import dev.holdfast.launcher.servers.Databases;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a platform holds of things that leak. */
final class Footprint {
  /** Counts below this come and go by one or two. */
  private static final long SLACK = 2;

  private static final String THREADS = "threads";
  private static final String DESCRIPTORS = "descriptors";
  private static final String TIMERS = "timers";
  private static final String BACK_ENDS_BESIDE = "back ends beside the pools";
  private static final Set<String> MAY_GO = Set.of(THREADS, DESCRIPTORS, BACK_ENDS_BESIDE, TIMERS);
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final String BACK_ENDS =
      "SELECT count(*) FROM pg_stat_activity"
          + " WHERE usename = current_user AND datname = current_database()";

  private Footprint() {}

  /** Counted now. */
  static Map<String, Long> of(Platform platform) {
    Map<String, Long> held = new LinkedHashMap<>();
    held.put(THREADS, (long) ManagementFactory.getThreadMXBean().getThreadCount());
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      held.put(DESCRIPTORS, unix.getOpenFileDescriptorCount());
    }
    Databases databases = platform.databases();
    held.put(BACK_ENDS_BESIDE, backEnds(databases) - open(databases));
    held.put("consumers", consumers(platform));
    held.put(TIMERS, size(platform.vertx(), "timeouts"));
    held.put("deployments", (long) platform.vertx().deploymentIDs().size());
    held.put(
        "meters", platform.meters().text().lines().filter(line -> !line.startsWith("#")).count());
    return held;
  }

  /** Who listens on the bus now: agents, and one for the answer to each ask in hand. */
  static long consumers(Platform platform) {
    return size(platform.vertx().eventBus(), "handlerMap");
  }

  /**
   * Whether nothing is more than a twentieth above what it was, or below: what is lost is missed as
   * well. Idle threads, sockets and timers may go.
   */
  static boolean isLike(Map<String, Long> before, Map<String, Long> now) {
    return before.entrySet().stream()
        .allMatch(
            entry -> {
              long most = Math.max(SLACK, entry.getValue() / 20);
              long more = now.get(entry.getKey()) - entry.getValue();
              return more <= most && (MAY_GO.contains(entry.getKey()) || more >= -most);
            });
  }

  /** As the server counts them. */
  private static long backEnds(Databases databases) {
    return Waiting.on(
        databases
            .reserved()
            .query(Deadline.in(LIMIT, Clock.system()), BACK_ENDS, Tuple.tuple())
            .map(rows -> rows.iterator().next().getLong(0)),
        LIMIT,
        "counting back ends");
  }

  private static long open(Databases databases) {
    return Stream.of(
            databases.lanes(), databases.queries(), databases.reserved(), databases.probes())
        .mapToLong(pool -> pool.figures().open())
        .sum();
  }

  /** Vert.x keeps the count to itself. */
  private static long size(Object owner, String field) {
    for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
      for (Field found : type.getDeclaredFields()) {
        if (found.getName().equals(field)) {
          return size(owner, found);
        }
      }
    }
    throw new IllegalStateException(Vertx.class + " has no " + field);
  }

  private static long size(Object owner, Field map) {
    try {
      map.setAccessible(true);
      return ((Map<?, ?>) map.get(owner)).size();
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
