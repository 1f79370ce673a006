package dev.holdfast.bench;

import dev.holdfast.bench.Peer.Form;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code holdfast bench orders}: delivered orders through HTTP beside pgbench with hand-written
 * statements for the same effects: (a) every row that the product keeps, in one-row statements,
 * pipelined, one order a transaction; (b) the same in batches of ten; (c) as (a) with one reply an
 * order and no run.
 */
@Command(
    name = "orders",
    description = "Orders through HTTP beside hand-written SQL for the same effects.",
    mixinStandardHelpOptions = true)
final class OrdersCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "64",
      description = "Customers at once, 1 to 1000 (default: 64).")
  private int clients;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "30",
      description = "Length of a window in seconds, 1 to 600 (default: 30).")
  private int seconds;

  @Option(
      names = "--blocks",
      paramLabel = "N",
      defaultValue = "2",
      description = "Blocks of windows, every side twice, 1 to 20 (default: 2).")
  private int blocks;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      defaultValue = "300",
      description = "Load before the first window, in seconds, 0 to 600 (default: 300).")
  private int warmUp;

  @Option(
      names = "--peer-clients",
      paramLabel = "N",
      defaultValue = "16",
      description = "Connections of the one-order peer, 1 to 64 (default: 16).")
  private int peerClients;

  @Option(
      names = "--port-offset",
      paramLabel = "N",
      defaultValue = "900",
      description = "Added to every port of the measured platform (default: 900).")
  private int portOffset;

  @Option(names = "--report", paramLabel = "F", description = "Writes the figures as JSON.")
  private Path report;

  @Override
  public Integer call() throws IOException {
    require("--clients", clients, 1, 1_000);
    require("--seconds", seconds, 1, 600);
    require("--blocks", blocks, 1, 20);
    require("--warm-up", warmUp, 0, 600);
    require("--peer-clients", peerClients, 1, 64);
    Peer.pgbench();
    Path home = Path.of(System.getProperty("holdfast.home", ".")).toAbsolutePath();
    Path folder = emptied(home.resolve("target/bench/orders"));
    PrintWriter out = command.commandLine().getOut();
    say(out, "starting a platform of its own ...");
    try (Product product = Product.start(home, folder.resolve("data"), portOffset);
        OrderLoad load = new OrderLoad(product.api(), product.token(), clients, 42)) {
      product.openStock();
      Peer peer = new Peer(product.server(), folder);
      peer.prepare();
      List<List<Window>> measured = measure(product, load, peer, out);
      OrdersReport result = new OrdersReport(clients, forms(), measured);
      out.print(result.table());
      out.flush();
      if (report != null) {
        Files.writeString(report, result.json());
      }
    }
    return 0;
  }

  private void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          command.commandLine(), "%s must be %d to %d".formatted(option, least, most));
    }
  }

  static Path emptied(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    return Files.createDirectories(folder);
  }

  private List<Form> forms() {
    return List.of(
        new Form("(a)", "pgbench, one order a transaction", "one-order.sql", 1, peerClients),
        new Form("(b)", "pgbench, batches of ten", "ten-orders.sql", 10, 4),
        new Form("(c)", "pgbench, one order, fewest rows", "fewest-rows.sql", 1, peerClients));
  }

  /** Every side once on the way there and once on the way back: P A B C C B A P. */
  private List<List<Window>> measure(Product product, OrderLoad load, Peer peer, PrintWriter out) {
    Windows windows = new Windows(product, load, peer);
    say(out, "warming up ...");
    windows.warmUp(warmUp, forms());
    List<Supplier<Window>> there = new ArrayList<>();
    there.add(() -> windows.ofProduct(seconds));
    forms().forEach(form -> there.add(() -> windows.ofPeer(form, seconds)));
    List<Supplier<Window>> thereAndBack = new ArrayList<>(there);
    thereAndBack.addAll(there.reversed());
    List<List<Window>> measured = new ArrayList<>();
    for (int block = 1; block <= blocks; block++) {
      List<Window> windowsOfBlock = new ArrayList<>();
      for (Supplier<Window> each : thereAndBack) {
        Window window = each.get();
        say(
            out,
            "block %d: %-38s %8.0f orders/s".formatted(block, window.side(), window.perSecond()));
        windowsOfBlock.add(window);
      }
      measured.add(windowsOfBlock);
    }
    return measured;
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
