package dev.holdfast.stream;

import java.util.List;

/**
 * What is to be told next: what one statement found in the outbox, or what is known without it.
 *
 * @param rows the first ones that are not told, in the order of their sequence
 * @param oldestRunning every transaction below this number was over by then, and what it wrote was
 *     seen
 */
record OutboxReading(List<Unsent> rows, long oldestRunning) {
  OutboxReading {
    rows = List.copyOf(rows);
  }

  /** What is known without a look at the table; says nothing of what is not in it. */
  static OutboxReading known(List<Unsent> rows) {
    return new OutboxReading(rows, 0);
  }

  /** Up to which sequence nothing else was there: a reading that finds something may be cut off. */
  long completeTo() {
    return rows.isEmpty() ? Long.MAX_VALUE : rows.getLast().seq();
  }
}
