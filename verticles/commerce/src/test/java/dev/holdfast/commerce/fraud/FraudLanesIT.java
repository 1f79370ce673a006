package dev.holdfast.commerce.fraud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.commerce.fraud.FraudProtocol.FraudCommand;
import dev.holdfast.testing.AgentDriver;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Orders judged at once. */
class FraudLanesIT extends FraudTest {
  @Test
  void two_lanes_that_judge_one_customers_orders_at_once_see_each_other() {
    for (int round = 0; round < 10; round++) {
      String customer = "c" + round;
      List<Future<List<Decision>>> lanes = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        lanes.add(fraud.start(List.of(fraud.entry(order().by(customer, null, null).assess()))));
      }
      long fired =
          lanes.stream()
              .map(AgentDriver::await)
              .filter(decisions -> score(decisions.getFirst()) == 18)
              .count();
      assertEquals(1, fired, "the sixth alone, in round " + round);
    }
  }

  @Test
  void the_same_batch_in_two_orders_at_once_never_deadlocks_and_counts_once() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      List<Entry<FraudCommand<?>>> batch = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        String customer = random.nextInt(4) == 0 ? null : "t" + random.nextInt(12);
        batch.add(fraud.entry(order().by(customer, null, null).assess()));
      }
      List<Entry<FraudCommand<?>>> shuffled = new ArrayList<>(batch);
      Collections.shuffle(shuffled, random);
      Future<List<Decision>> one = fraud.start(batch);
      Future<List<Decision>> other = fraud.start(shuffled);
      AgentDriver.await(one);
      AgentDriver.await(other);
    }
    assertEquals(
        50 * 32,
        rows.number("SELECT count(*) FROM fraud.assessment WHERE merchant_id=" + merchant),
        "seed " + seed);
    assertEquals(
        0,
        rows.number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"),
        "seed " + seed);
    assertTrue(
        rows.number("SELECT max(score) FROM fraud.assessment WHERE merchant_id=" + merchant) >= 25,
        "too few orders of one customer with seed " + seed);
  }
}
