package dev.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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

  @Test
  void a_caller_who_gets_no_connection_in_time_is_told_so() throws Exception {
    Database narrow =
        Database.open(
            vertx,
            settings().withPool(1, 10).withConnectionTimeout(Duration.ofSeconds(2)),
            Clock.system());
    insert(narrow, 1).await(8, TimeUnit.SECONDS);
    Promise<Void> letGo = Promise.promise();
    Future<Void> holder = narrow.inTransaction(soon(), tx -> letGo.future());
    Future<Void> patient = insert(narrow, 2);
    Future<?> hasty = narrow.inTransaction(in(300), tx -> insert(tx, 3, "three"));
    assertEquals("deadline_passed", code(failure(hasty)));
    assertEquals(OutageCodes.POOL_EXHAUSTED, code(failure(patient)));
    letGo.complete();
    holder.await(5, TimeUnit.SECONDS);
    insert(narrow, 4).await(5, TimeUnit.SECONDS);
    assertEquals(2, items(), "neither of the two took effect");
    assertEquals(0, narrow.figures().waiting());
    assertEquals(0, narrow.figures().cuts(), "nobody's connection was cut for it");
    narrow.close().await(5, TimeUnit.SECONDS);
  }

  private static Future<Void> insert(Database into, int id) {
    return into.inTransaction(in(15_000), tx -> insert(tx, id, "one").mapEmpty());
  }
}
