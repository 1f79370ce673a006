package dev.holdfast.stream;

import java.util.List;

/**
 * What one statement found in the outbox.
 *
 * @param rows the first ones that are not told, in the order of their sequence
 * @param oldestRunning every transaction below this number was over by then, and what it wrote was
 *     seen
 */
record OutboxReading(List<Unsent> rows, long oldestRunning) {
  OutboxReading {
    rows = List.copyOf(rows);
  }

  /** Up to which sequence nothing else was there: a reading that finds something may be cut off. */
  long completeTo() {
    return rows.isEmpty() ? Long.MAX_VALUE : rows.getLast().seq();
  }
}
