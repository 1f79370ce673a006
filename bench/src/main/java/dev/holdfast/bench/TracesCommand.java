package dev.holdfast.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code holdfast bench traces}: what tracing costs an order. One platform with a collector;
 * windows in which no request is sampled and windows in which each is take turns, so that both have
 * the same compiled code and the same tables.
 */
@Command(
    name = "traces",
    description = "Processor time an order with traces off, on, off, on.",
    mixinStandardHelpOptions = true)
final class TracesCommand implements Callable<Integer> {
  private static final String EXPORTED = "holdfast_trace_spans_total{outcome=\"exported\"}";
  private static final String DROPPED = "holdfast_trace_spans_total{outcome=\"dropped\"}";

  /** What waits is exported by then. */
  private static final long EXPORTED_AFTER_MS = 3_000;

  @Spec private CommandSpec command;
  @Mixin private WindowOptions options;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "64",
      description = "Customers at once (default: 64).")
  private int clients;

  private PrintWriter out;

  @Override
  public Integer call() throws IOException {
    out = command.commandLine().getOut();
    Path home = Path.of(System.getProperty("holdfast.home", ".")).toAbsolutePath();
    Path folder = OrdersCommand.emptied(home.resolve("target/bench/traces"));
    say("starting a platform of its own ...");
    try (Collector collector = new Collector();
        Product product =
            Product.start(
                home,
                folder.resolve("data"),
                options.portOffset(),
                Map.of(
                    "HOLDFAST_TRACES_COLLECTOR",
                    collector.address(),
                    "HOLDFAST_TRACES_SAMPLED_PERCENT",
                    "0"));
        OrderLoad load = new OrderLoad(product.api(), product.token(), clients, 42)) {
      product.openStock();
      measure(product, load, collector);
    }
    return 0;
  }

  private void measure(Product product, OrderLoad load, Collector collector) {
    Windows windows = new Windows(product, load, null);
    say("warming up ...");
    windows.warmUp(options.warmUp() / 2, List.of());
    load.trace(true);
    windows.warmUp(options.warmUp() - options.warmUp() / 2, List.of());
    List<Double> ofAll = new ArrayList<>();
    List<Double> ofProcess = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    for (int pair = 0; pair < options.pairs(); pair++) {
      Window off = window(false, windows, product, load, collector);
      Window on = window(true, windows, product, load, collector);
      ofAll.add(all(on) / all(off));
      ofProcess.add(on.each(on.cpu().jvm()) / off.each(off.cpu().jvm()));
      rates.add(on.perSecond() / off.perSecond());
    }
    say("processor time an order, on / off: " + Ratios.of(ofAll) + " of all processes");
    say("                                   " + Ratios.of(ofProcess) + " of our own");
    say("orders a second, on / off:         " + Ratios.of(rates));
  }

  private static double all(Window window) {
    return window.each(window.cpu().jvm() + window.cpu().postgres() + window.cpu().broker());
  }

  private Window window(
      boolean traced, Windows windows, Product product, OrderLoad load, Collector collector) {
    Product.pause(EXPORTED_AFTER_MS);
    long bytes = collector.bytes();
    double spans = product.metric(EXPORTED);
    double dropped = product.metric(DROPPED);
    load.trace(traced);
    Window window = windows.ofProduct(options.seconds());
    Product.pause(EXPORTED_AFTER_MS);
    say(
        "%-3s %6.0f orders/s, us an order: %5.0f ours %5.0f PostgreSQL %4.0f broker;"
                .formatted(
                    traced ? "on" : "off",
                    window.perSecond(),
                    window.each(window.cpu().jvm()),
                    window.each(window.cpu().postgres()),
                    window.each(window.cpu().broker()))
            + " %5.1f spans, %6.0f bytes, %.1f dropped"
                .formatted(
                    (product.metric(EXPORTED) - spans) / window.orders(),
                    (double) (collector.bytes() - bytes) / window.orders(),
                    (product.metric(DROPPED) - dropped) / window.orders()));
    return window;
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
