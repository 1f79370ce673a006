package dev.holdfast.commerce.partners;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.kernel.Clock;
import dev.holdfast.testing.Reports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void a_changed_time_between_rounds_holds_from_the_next_round_on() throws Exception {
    AtomicReference<Duration> every = new AtomicReference<>(Duration.ofMillis(10));
    AtomicInteger rounds = new AtomicInteger();
    Reconciliation reconciliation =
        new Reconciliation(
            "payment",
            () -> every.get(),
            Clock.system(),
            (deadline, now, limit) -> {
              if (rounds.incrementAndGet() == 3) {
                every.set(Duration.ofHours(1));
              }
              return Future.succeededFuture(List.of());
            },
            (id, order) -> Future.succeededFuture(),
            Reports.of(Clock.system()));
    Vertx vertx = Vertx.vertx();
    vertx.deployVerticle(reconciliation).await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    await().atMost(LIMIT).until(() -> rounds.get() >= 3);
    // Ten rounds of before would have begun by then.
    vertx.timer(100, TimeUnit.MILLISECONDS).await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertEquals(3, rounds.get());
    vertx.close().await(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
