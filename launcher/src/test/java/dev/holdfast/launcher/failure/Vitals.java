package dev.holdfast.launcher.failure;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.holdfast.launcher.PlatformExtension;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntSupplier;

/**
 * What grows when something leaks while PostgreSQL is away, looked at again and again: the heap
 * after a collection, threads, descriptors, and the processes of PostgreSQL.
 */
@SuppressWarnings("try") // closing waits for the last look
final class Vitals implements AutoCloseable {
  /**
   * What may be added to each beside a twentieth. A thousand intents that wait are about a
   * megabyte; twenty connections of pools are tried anew, each with three ends here, two of them
   * the proxy's; autovacuum comes and goes.
   */
  private static final Map<String, Long> SLACK =
      Map.of("heap kB", 8_192L, "threads", 3L, "descriptors", 60L, "back ends", 3L);

  /** A customer's connection has two ends in this process. */
  private static final int ENDS = 2;

  /** One of the platform's connections to PostgreSQL has one, and two of the proxy. */
  private static final int POOL_ENDS = 3;

  private static final int LOOKS_AT_REST = 5;

  private final Queue<Map<String, Long>> looks = new ConcurrentLinkedQueue<>();
  private final Load looking;
  private final long heapAtFirst;
  private long heapAtLast;
  private boolean closed;

  /**
   * Looks at this interval until it is closed; at the heap at the beginning and the end alone,
   * because a collection stops everybody.
   *
   * @param customers how many connections customers have now, which are not counted
   */
  Vitals(PlatformExtension platform, Duration every, IntSupplier customers) {
    heapAtFirst = heapKb();
    looking = new Load(every, () -> looks.add(look(platform, ENDS * customers.getAsInt(), 0)));
  }

  /**
   * Looks a few times and gives the medians. Pools grow to their limits when they are needed, so
   * their connections are not counted, neither here nor there.
   */
  static Map<String, Long> atRest(PlatformExtension platform) {
    List<Map<String, Long>> looks = new ArrayList<>();
    for (int at = 0; at < LOOKS_AT_REST; at++) {
      int pooled = platform.pooled();
      looks.add(look(platform, POOL_ENDS * pooled, pooled));
    }
    return medians(looks, heapKb());
  }

  private static long heapKb() {
    ManagementFactory.getMemoryMXBean().gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1_024;
  }

  private static Map<String, Long> look(PlatformExtension platform, int ends, int pooled) {
    Map<String, Long> seen = new LinkedHashMap<>();
    seen.put("threads", (long) ManagementFactory.getThreadMXBean().getThreadCount());
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      seen.put("descriptors", unix.getOpenFileDescriptorCount() - ends);
    }
    seen.put(
        "back ends",
        ProcessHandle.of(platform.servers().getFirst().pid())
            .map(server -> server.descendants().count() - pooled)
            .orElse(0L));
    return seen;
  }

  /** The medians of the first quarter of the looks. */
  Map<String, Long> firstQuarter() {
    List<Map<String, Long>> all = List.copyOf(looks);
    return medians(all.subList(0, quarter(all)), heapAtFirst);
  }

  /** The medians of the last quarter, once it is closed. */
  Map<String, Long> lastQuarter() {
    List<Map<String, Long>> all = List.copyOf(looks);
    return medians(all.subList(all.size() - quarter(all), all.size()), heapAtLast);
  }

  private static int quarter(List<?> all) {
    return Math.max(1, all.size() / 4);
  }

  private static Map<String, Long> medians(List<Map<String, Long>> looks, long heapKb) {
    Map<String, Long> medians = new LinkedHashMap<>();
    for (String figure : looks.getFirst().keySet()) {
      List<Long> sorted = looks.stream().map(look -> look.get(figure)).sorted().toList();
      medians.put(figure, sorted.get(sorted.size() / 2));
    }
    medians.put("heap kB", heapKb);
    return medians;
  }

  /** Whether nothing is more than a twentieth, or its slack, above what it was. */
  static boolean areFlat(Map<String, Long> before, Map<String, Long> after) {
    return before.entrySet().stream()
        .allMatch(
            figure -> {
              long most = Math.max(SLACK.get(figure.getKey()), figure.getValue() / 20);
              return after.get(figure.getKey()) - figure.getValue() <= most;
            });
  }

  @Override
  public void close() throws InterruptedException {
    if (!closed) {
      closed = true;
      looking.close();
      heapAtLast = heapKb();
    }
  }
}
