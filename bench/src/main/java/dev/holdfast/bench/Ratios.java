package dev.holdfast.bench;

import java.util.Collection;
import java.util.List;

/**
 * Ratios of interleaved runs: one for each block, and their spread.
 *
 * @param median of the blocks
 * @param lowest of the blocks
 * @param highest of the blocks
 */
record Ratios(double median, double lowest, double highest) {
  /** Of at least one block. */
  static Ratios of(Collection<Double> blocks) {
    List<Double> sorted = blocks.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Ratios(median, sorted.getFirst(), sorted.getLast());
  }

  @Override
  public String toString() {
    return "%.2f (%.2f to %.2f)".formatted(median, lowest, highest);
  }
}
