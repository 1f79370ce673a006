package dev.holdfast.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * CPU time of the product's processes by kind, from {@code /proc}. Back ends that ended are counted
 * with what was last seen of them.
 */
final class CpuClock {
  /** USER_HZ: what Linux shows in {@code /proc} is in hundredths of a second on all machines. */
  private static final long TICK_US = 10_000;

  private static final long EVERY_MS = 200;
  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  private final long product;
  private final Map<Long, Long> postgres = new ConcurrentHashMap<>();

  /**
   * @param product the process id of {@code holdfast up}
   */
  CpuClock(long product) {
    this.product = product;
  }

  /**
   * CPU time in µs since each began.
   *
   * @param jvm of the product's own process
   * @param postgres of the server with all its back ends
   * @param broker of the rest of the product's children
   */
  record Reading(long jvm, long postgres, long broker) {
    Reading since(Reading before) {
      return new Reading(jvm - before.jvm, postgres - before.postgres, broker - before.broker);
    }
  }

  Reading read() {
    ProcessHandle handle =
        ProcessHandle.of(product)
            .orElseThrow(() -> new BenchException("the platform ended meanwhile"));
    long[] broker = {0};
    try (Stream<ProcessHandle> children = handle.descendants()) {
      children.forEach(
          child -> {
            long used = used(child.pid());
            // One that has ended and waits to be reaped no longer says what it was.
            if (postgres.containsKey(child.pid()) || isPostgres(child)) {
              postgres.merge(child.pid(), used, Math::max);
            } else {
              broker[0] += used;
            }
          });
    }
    long server = postgres.values().stream().mapToLong(used -> used).sum();
    return new Reading(used(product), server, broker[0]);
  }

  /**
   * Reads several times a second while the work goes on, so that what back ends used which end
   * meanwhile is counted.
   */
  <T> T during(Supplier<T> work) {
    AtomicBoolean over = new AtomicBoolean();
    Thread.ofPlatform()
        .daemon()
        .name("cpu-clock")
        .start(
            () -> {
              while (!over.get()) {
                read();
                Product.pause(EVERY_MS);
              }
            });
    try {
      return work.get();
    } finally {
      over.set(true);
    }
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("postgres");
  }

  private static long used(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) * TICK_US;
    } catch (IOException gone) {
      return 0;
    }
  }
}
