package dev.holdfast.deadletter;

import dev.holdfast.deadletter.ReplayRules.Candidate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Letters to be asked: several keys at a time, never two of one key, because the later one may be
 * asked only when the earlier one has its outcome. Confined to its replay's context.
 */
final class ReplayQueue {
  private final Map<String, Deque<Long>> byKey = new LinkedHashMap<>();

  /** Appends letters in their order. */
  void add(Collection<Candidate> letters) {
    for (Candidate letter : letters) {
      byKey
          .computeIfAbsent(letter.parkingKey(), key -> new ArrayDeque<>())
          .addLast(letter.number());
    }
  }

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  /** Forgets what it holds. */
  void clear() {
    byKey.clear();
  }

  /** The next letters, of different keys each. */
  List<Long> take(int max) {
    List<Long> taken = new ArrayList<>();
    Iterator<Deque<Long>> keys = byKey.values().iterator();
    while (taken.size() < max && keys.hasNext()) {
      Deque<Long> letters = keys.next();
      taken.add(letters.removeFirst());
      if (letters.isEmpty()) {
        keys.remove();
      }
    }
    return taken;
  }
}
