package dev.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** More callers at once than a pool has connections. */
class PoolLimitIT extends DatabaseFixture {
  private static final int POOL = 4;

  @Test
  void a_thousand_transactions_at_once_are_done_or_refused_as_overload() throws Exception {
    Database wide = Database.open(vertx, settings().withPool(POOL, 100), Clock.system());
    List<Future<Void>> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      all.add(insert(wide, i));
    }
    Future.join(all).otherwiseEmpty().await(20, TimeUnit.SECONDS);
    Set<String> codes =
        all.stream()
            .filter(Future::failed)
            .map(refused -> code(refused.cause()))
            .collect(Collectors.toSet());
    long done = all.stream().filter(Future::succeeded).count();
    assertEquals(Set.of("overloaded"), codes);
    assertTrue(done >= 100, "only " + done + " were done");
    assertEquals(done, items());
    assertTrue(wide.figures().open() <= POOL);
    assertEquals(0, wide.figures().inUse() + wide.figures().waiting());
    wide.close().await(5, TimeUnit.SECONDS);

    Database roomy =
        Database.open(
            vertx,
            settings().withPool(POOL, 1_100).withConnectionTimeout(Duration.ofSeconds(15)),
            Clock.system());
    List<Future<Void>> more = new ArrayList<>();
    for (int i = 1_000; i < 2_000; i++) {
      more.add(insert(roomy, i));
    }
    Future.all(more).await(20, TimeUnit.SECONDS);
    assertEquals(done + 1_000, items());
    roomy.close().await(5, TimeUnit.SECONDS);
  }

  private static Future<Void> insert(Database into, int id) {
    return into.inTransaction(in(15_000), tx -> insert(tx, id, "one").mapEmpty());
  }
}
