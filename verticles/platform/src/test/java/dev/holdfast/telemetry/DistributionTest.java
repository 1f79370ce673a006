package dev.holdfast.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DistributionTest {
  private static final double[] BOUNDS = {10, 20, 50};

  private static Distribution of(long upTo10, long upTo20, long upTo50, long count, double sum) {
    return new Distribution(BOUNDS, new long[] {upTo10, upTo20, upTo50}, count, sum);
  }

  @Tag("E-119")
  @Test
  void a_percentile_lies_evenly_within_its_bucket() {
    Distribution values = of(50, 90, 100, 100, 1_500);
    assertEquals(OptionalDouble.of(10), values.percentile(0.5), "a bound is exact");
    assertEquals(OptionalDouble.of(2), values.percentile(0.1), "the first bucket begins at 0");
    assertEquals(OptionalDouble.of(35), values.percentile(0.95));
    assertEquals(OptionalDouble.of(50), values.percentile(1));
    assertEquals(15, values.mean());
  }

  @Test
  void above_the_highest_bound_nothing_more_is_known() {
    assertEquals(OptionalDouble.of(50), of(0, 0, 1, 100, 9_000).percentile(0.99));
  }

  @Test
  void no_values_have_no_percentiles() {
    assertEquals(OptionalDouble.empty(), of(0, 0, 0, 0, 0).percentile(0.5));
    assertEquals(0, of(0, 0, 0, 0, 0).mean());
  }

  @Test
  void an_empty_bucket_in_between_is_passed() {
    assertEquals(OptionalDouble.of(20 + 30 * 0.5), of(10, 10, 20, 20, 0).percentile(0.75));
  }

  @Test
  void what_was_gained_is_the_difference() {
    Distribution gained = of(60, 100, 120, 120, 2_000).minus(of(50, 90, 100, 100, 1_500));
    assertEquals(20, gained.count());
    assertEquals(500, gained.sum());
    assertEquals(OptionalDouble.of(10), gained.percentile(0.5));
    assertEquals(140, gained.plus(of(60, 100, 120, 120, 2_000)).count());
  }

  @Test
  void other_buckets_and_shares_are_refused() {
    Distribution other = new Distribution(new double[] {1}, new long[] {1}, 1, 1);
    assertThrows(IllegalArgumentException.class, () -> of(1, 1, 1, 1, 1).plus(other));
    assertThrows(IllegalArgumentException.class, () -> other.percentile(0));
    assertThrows(IllegalArgumentException.class, () -> other.percentile(1.1));
    assertThrows(
        IllegalArgumentException.class, () -> new Distribution(BOUNDS, new long[] {1}, 1, 1));
  }
}
