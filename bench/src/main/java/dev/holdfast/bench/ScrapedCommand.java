package dev.holdfast.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code holdfast bench scraped}: what being scraped costs customers. Windows without and with
 * 50,000 series a second take turns; those without, beside one another, are the noise.
 */
@Command(
    name = "scraped",
    description = "The longest answers while 50,000 series a second are scraped, and while none.",
    mixinStandardHelpOptions = true)
final class ScrapedCommand implements Callable<Integer> {
  private static final int SERIES = 50_000;

  @Spec private CommandSpec command;
  @Mixin private WindowOptions options;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "16",
      description = "Customers at once (default: 16).")
  private int clients;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = command.commandLine().getOut();
    Path home = Path.of(System.getProperty("holdfast.home", ".")).toAbsolutePath();
    Path folder = OrdersCommand.emptied(home.resolve("target/bench/scraped"));
    try (Product product = Product.start(home, folder.resolve("data"), options.portOffset());
        OrderLoad load = new OrderLoad(product.api(), product.token(), clients, 42)) {
      product.openStock();
      Windows windows = new Windows(product, load, null);
      windows.warmUp(options.warmUp(), List.of());
      try (Scraper scraper = new Scraper(product.metrics(), SERIES)) {
        out.printf("%,d series a scrape%n", scraper.series());
        measure(windows, scraper, out);
      }
    }
    return 0;
  }

  private void measure(Windows windows, Scraper scraper, PrintWriter out) {
    List<Double> noise = new ArrayList<>();
    List<Double> cost = new ArrayList<>();
    for (int pair = 0; pair < options.pairs(); pair++) {
      double before = p99(windows.ofProduct(options.seconds()));
      double scraped = p99(scraper.during(() -> windows.ofProduct(options.seconds())));
      double after = p99(windows.ofProduct(options.seconds()));
      noise.add(Math.max(before, after) / Math.min(before, after));
      cost.add(scraped / ((before + after) / 2));
      out.printf(
          "p99 %.1f ms, scraped %.1f ms, %.1f ms; %s%n", before, scraped, after, scraper.told());
      out.flush();
    }
    out.println("scraped / not:  " + Ratios.of(cost));
    out.println("not / not:      " + Ratios.of(noise));
    out.flush();
  }

  private static double p99(Window window) {
    return window.answers().p99Ms();
  }
}
