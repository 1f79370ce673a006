package dev.holdfast.telemetry;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What a histogram holds at one moment, or gained between two.
 *
 * <p>A percentile is derived from the buckets, as Prometheus' {@code histogram_quantile} does: the
 * rank is looked for in the cumulative counts, and within the bucket that has it the values are
 * taken to lie evenly between its bounds. So it is exact at a bound and off by the width of a
 * bucket at most; the first bucket begins at 0. A rank above the highest bound gives that bound:
 * nothing more is known of such values than that they are greater. Two distributions of one meter
 * may be added and subtracted, which percentiles themselves may not.
 */
public final class Distribution {
  private final double[] bounds;
  private final long[] upTo;
  private final long count;
  private final double sum;

  /**
   * @param bounds upper bounds of the buckets, ascending, without infinity
   * @param upTo how many values each bound has at or below it, as many as there are bounds
   * @param count all values
   * @param sum of all values, in the meter's unit
   */
  public Distribution(double[] bounds, long[] upTo, long count, double sum) {
    if (bounds.length != upTo.length) {
      throw new IllegalArgumentException("a count for each bound");
    }
    this.bounds = bounds.clone();
    this.upTo = upTo.clone();
    this.count = count;
    this.sum = sum;
  }

  /**
   * How many values are not above a bound.
   *
   * @param bound which, from 0 on
   */
  long upTo(int bound) {
    return upTo[bound];
  }

  /** How many values. */
  public long count() {
    return count;
  }

  /** All of them together, in the meter's unit. */
  public double sum() {
    return sum;
  }

  /** The average; 0 when there are no values. */
  public double mean() {
    return count == 0 ? 0 : sum / count;
  }

  /**
   * The value that a share of all is not above.
   *
   * @param share above 0 to 1, such as 0.95
   * @return empty when there are no values
   */
  public OptionalDouble percentile(double share) {
    if (share <= 0 || share > 1) {
      throw new IllegalArgumentException("a share is above 0 to 1, got " + share);
    }
    if (count <= 0 || bounds.length == 0) {
      return OptionalDouble.empty();
    }
    double rank = share * count;
    for (int at = 0; at < bounds.length; at++) {
      if (upTo[at] >= rank) {
        return OptionalDouble.of(within(at, rank));
      }
    }
    return OptionalDouble.of(bounds[bounds.length - 1]);
  }

  private double within(int at, double rank) {
    double from = at == 0 ? 0 : bounds[at - 1];
    long before = at == 0 ? 0 : upTo[at - 1];
    long inside = upTo[at] - before;
    return inside == 0 ? bounds[at] : from + (bounds[at] - from) * (rank - before) / inside;
  }

  /** What was gained since an earlier moment of the same series. */
  public Distribution minus(Distribution earlier) {
    return combined(earlier, -1);
  }

  /** Both together; of series with the same buckets. */
  public Distribution plus(Distribution other) {
    return combined(other, 1);
  }

  private Distribution combined(Distribution other, int sign) {
    if (!Arrays.equals(bounds, other.bounds)) {
      throw new IllegalArgumentException("these have other buckets");
    }
    long[] together = new long[upTo.length];
    for (int at = 0; at < together.length; at++) {
      together[at] = upTo[at] + sign * other.upTo[at];
    }
    return new Distribution(bounds, together, count + sign * other.count, sum + sign * other.sum);
  }
}
