package dev.holdfast.bench.scrape;

import com.sun.management.ThreadMXBean;
import dev.holdfast.telemetry.AskMeters;
import dev.holdfast.telemetry.LaneMeters;
import dev.holdfast.telemetry.Meters;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast bench scrape}: one scrape of many series. */
@Command(
    name = "scrape",
    description = "A scrape beside that of Micrometer's Prometheus registry with the same series.",
    mixinStandardHelpOptions = true)
public final class ScrapeCommand implements Callable<Integer> {
  private static final int WARM_UP = 20;

  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "50000",
      description = "Series at least, 1,000 to 60,000 (default: 50000).")
  private int series;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "60",
      description = "Measured scrapes of each, 3 or more (default: 60).")
  private int rounds;

  @Spec private CommandSpec command;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Meters meters = new Meters();

  /** One way to make the text, and what it took. */
  private final class Way {
    private final String name;
    private final Supplier<String> scrape;
    private final List<Long> nanos = new ArrayList<>();
    private final List<Long> bytes = new ArrayList<>();

    Way(String name, Supplier<String> scrape) {
      this.name = name;
      this.scrape = scrape;
    }

    void measure() {
      long allocated = threads.getCurrentThreadAllocatedBytes();
      long begun = System.nanoTime();
      int length = scrape.get().length();
      nanos.add(System.nanoTime() - begun);
      bytes.add(threads.getCurrentThreadAllocatedBytes() - allocated);
      if (length == 0) {
        throw new IllegalStateException("nothing was shown");
      }
    }

    /** The first rounds are only to warm up. */
    void forget() {
      nanos.clear();
      bytes.clear();
    }

    private static long median(List<Long> of) {
      return of.stream().sorted().toList().get(of.size() / 2);
    }

    private static long p99(List<Long> of) {
      return of.stream().sorted().toList().get(of.size() * 99 / 100);
    }

    double milliseconds() {
      return median(nanos) / 1e6;
    }

    double megabytes() {
      return median(bytes) / 1e6;
    }

    void print(PrintWriter out) {
      out.printf(
          "%-12s %8.2f ms (p99 %8.2f)  %8.2f MB allocated%n",
          name, milliseconds(), p99(nanos) / 1e6, megabytes());
    }
  }

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    int made = fill(Math.clamp(series, 1_000, 60_000));
    out.printf("%,d series, %,d characters%n", made, meters.text().length());
    Way own = new Way("holdfast", meters::text);
    Way micrometer = new Way("Micrometer", meters::textOfMicrometer);
    for (int round = 0; round < WARM_UP; round++) {
      own.measure();
      micrometer.measure();
    }
    own.forget();
    micrometer.forget();
    for (int round = 0; round < Math.max(3, rounds); round++) {
      own.measure();
      micrometer.measure();
    }
    own.print(out);
    micrometer.print(out);
    out.printf(
        "%-12s %8.2f of the time     %8.2f of the memory%n",
        "ratio",
        own.milliseconds() / micrometer.milliseconds(),
        own.megabytes() / micrometer.megabytes());
    out.flush();
    return 0;
  }

  /** As many agents as it takes. */
  private int fill(int wanted) {
    int made = 0;
    for (int agent = 0; made < wanted; agent++) {
      String name = "agent-" + agent;
      var route = meters.http(name).route("GET /things/:id");
      route.answered(200, 3_000_000L + agent);
      route.carried(200, 900);
      LaneMeters lane = meters.lane(name);
      lane.batch(4, 2_000_000L + agent);
      AskMeters asks = meters.asks(name);
      asks.began(false);
      asks.ended(AskMeters.End.SUCCESS, 4_000_000L + agent);
      if (agent % 10 == 0 || made > wanted * 9 / 10) {
        made = lines();
      }
    }
    return made;
  }

  private int lines() {
    return (int) meters.text().lines().filter(line -> !line.startsWith("#")).count();
  }
}
