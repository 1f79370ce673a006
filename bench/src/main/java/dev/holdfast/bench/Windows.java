package dev.holdfast.bench;

import dev.holdfast.bench.OrderLoad.Answers;
import dev.holdfast.bench.Peer.Form;
import dev.holdfast.bench.Peer.Run;
import java.time.Duration;
import java.util.List;

/** Measures one window after the other; one side runs at a time. Blocks. */
final class Windows {
  static final String PRODUCT = "product through HTTP";

  private static final String RUNS_OPEN = "holdfast_runs_open";
  private static final String UNSENT = "holdfast_outbox_unsent_events";
  private static final Duration SETTLES_WITHIN = Duration.ofMinutes(3);
  private static final int PEER_WARM_UP_SECONDS = 3;
  private static final String PARTNER_COMMITS =
      "SELECT sum(xact_commit) FROM pg_stat_database"
          + " WHERE datname IN ('payment_provider', 'carriers')";

  private final Product product;
  private final OrderLoad load;
  private final Peer peer;
  private final CpuClock cpu;

  Windows(Product product, OrderLoad load, Peer peer) {
    this.product = product;
    this.load = load;
    this.peer = peer;
    this.cpu = new CpuClock(product.pid());
  }

  void warmUp(int seconds, List<Form> forms) {
    if (seconds > 0) {
      load.window(seconds);
      forms.forEach(form -> peer.run(form, PEER_WARM_UP_SECONDS));
    }
    settle();
  }

  Window ofProduct(int seconds) {
    try (Ledger ledger = Ledger.open(product.server(), "holdfast")) {
      ledger.execute("CHECKPOINT");
      Figures before = ledger.read().withStatements(product.statements());
      long partners = ledger.number(PARTNER_COMMITS);
      CpuClock.Reading began = cpu.read();
      Answers answers = load.window(seconds);
      long open = (long) product.metric(RUNS_OPEN);
      settle();
      CpuClock.Reading used = cpu.read().since(began);
      long sent = product.statements();
      Product.pause(Ledger.SETTLED_AFTER_MS);
      return new Window(
          PRODUCT,
          answers.confirmed(),
          answers.perSecond(),
          ledger.read().withStatements(sent).since(before),
          used,
          answers,
          open,
          ledger.number(PARTNER_COMMITS) - partners);
    }
  }

  /** Until the product has nothing more to do. */
  private void settle() {
    long until = System.nanoTime() + SETTLES_WITHIN.toNanos();
    while (product.metric(RUNS_OPEN) > 0 || product.metric(UNSENT) > 0) {
      if (System.nanoTime() > until) {
        throw new BenchException("runs stay open: " + product.metric(RUNS_OPEN));
      }
      Product.pause(100);
    }
  }

  Window ofPeer(Form form, int seconds) {
    try (Ledger ledger = Ledger.open(product.server(), Peer.DATABASE)) {
      ledger.execute("CHECKPOINT");
      Figures before = ledger.read();
      CpuClock.Reading began = cpu.read();
      Run run = cpu.during(() -> peer.run(form, seconds));
      CpuClock.Reading used = cpu.read().since(began);
      long transactions = run.orders() / form.ordersATransaction();
      return new Window(
          form.name(),
          run.orders(),
          run.perSecond(),
          ledger.read().withStatements(form.statementsATransaction() * transactions).since(before),
          used,
          null,
          0,
          0);
    }
  }
}
