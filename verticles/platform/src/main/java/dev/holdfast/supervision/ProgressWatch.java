package dev.holdfast.supervision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Finds children that have work and do none. */
final class ProgressWatch {
  private final long limitNanos;
  private final Map<String, Seen> last = new HashMap<>();

  private record Seen(long ended, long since) {}

  /**
   * @param limitNanos how long work may wait without any being done
   */
  ProgressWatch(long limitNanos) {
    this.limitNanos = limitNanos;
  }

  /**
   * Looks at all children that run.
   *
   * @param now nanoseconds of the monotonic clock
   * @param excused a child that can't be blamed now, such as for an outage
   * @return those that made no progress for too long
   */
  List<String> look(long now, Map<String, Progress> children, Predicate<String> excused) {
    List<String> stuck = new ArrayList<>();
    last.keySet().retainAll(children.keySet());
    children.forEach(
        (id, progress) -> {
          Seen before = last.get(id);
          boolean moves =
              before == null || progress.waiting() == 0 || progress.ended() != before.ended();
          if (moves || excused.test(id)) {
            last.put(id, new Seen(progress.ended(), now));
          } else if (now - before.since() > limitNanos) {
            last.remove(id);
            stuck.add(id);
          }
        });
    return stuck;
  }

  /** The machine stood still: everybody gets the full time again. */
  void forget() {
    last.clear();
  }
}
