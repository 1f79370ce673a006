package dev.holdfast.recovery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The versions of one agent's configuration, the oldest first. The latest that has not failed is in
 * force.
 *
 * @param all one at least; the first never fails
 */
record Versions(List<Configuration> all) {
  Versions {
    all = List.copyOf(all);
  }

  Configuration current() {
    return all.reversed().stream()
        .filter(version -> !version.hasFailed())
        .findFirst()
        .orElseGet(all::getFirst);
  }

  Optional<Configuration> lastProven() {
    return all.reversed().stream()
        .filter(version -> version.isProven() && !version.hasFailed())
        .findFirst();
  }

  Versions and(Map<String, Integer> values, String origin, Instant at) {
    List<Configuration> more = new ArrayList<>(all);
    more.add(Configuration.fresh(all.getLast().version() + 1, values, origin, at));
    return new Versions(more);
  }

  Versions proven(int version, Instant at) {
    return changed(one -> one.version() == version ? one.proven(at) : one);
  }

  /** Why there is nothing to go back to; empty when there is. */
  Optional<String> refusal() {
    Configuration current = current();
    if (current.isProven()) {
      return Optional.of("configuration " + current.version() + " is proven");
    }
    return lastProven().isPresent()
        ? Optional.empty()
        : Optional.of("no configuration was proven yet");
  }

  /** What came after the last proven one has failed. */
  Versions rolledBack(Instant at) {
    int last = lastProven().map(Configuration::version).orElse(Integer.MAX_VALUE);
    return changed(one -> one.version() > last && !one.hasFailed() ? one.failed(at) : one);
  }

  private Versions changed(UnaryOperator<Configuration> change) {
    return new Versions(all.stream().map(change).toList());
  }
}
