package dev.holdfast.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.holdfast.bench.Peer.Form;
import org.junit.jupiter.api.Test;

class PeerTest {
  private static final Form ONE = new Form("(a)", "one", "one-order.sql", 1, 16);
  private static final Form FEWEST = new Form("(c)", "fewest", "fewest-rows.sql", 1, 16);
  private static final Form TEN = new Form("(b)", "ten", "ten-orders.sql", 10, 4);

  private static final String SAID =
      """
      number of transactions actually processed: 300
      number of failed transactions: 0 (0.000%)
      tps = 100.500000 (without initial connection time)
      """;

  @Test
  void a_transaction_counts_as_the_orders_it_writes() {
    assertEquals(new Peer.Run(300, 100.5), Peer.parse(ONE, 0, SAID));
    assertEquals(new Peer.Run(3_000, 1_005), Peer.parse(TEN, 0, SAID));
  }

  @Test
  void a_run_that_failed_is_no_figure() {
    assertThrows(BenchException.class, () -> Peer.parse(ONE, 2, SAID));
    assertThrows(BenchException.class, () -> Peer.parse(ONE, 0, "nothing"));
    String failed = SAID.replace("transactions: 0", "transactions: 3");
    assertThrows(BenchException.class, () -> Peer.parse(ONE, 0, failed));
  }

  @Test
  void every_statement_of_a_script_is_counted() {
    assertEquals(58, ONE.statementsATransaction());
    assertEquals(43, FEWEST.statementsATransaction());
    assertEquals(19, TEN.statementsATransaction());
  }
}
