package dev.holdfast.agent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What waits in a lane, in the order of arrival, but for commands whose key is under way: they
 * stand aside until it is released, in their own order. Confined to the lane's context.
 */
final class LaneQueue {
  private final int capacity;
  private final Deque<Pending> ready = new ArrayDeque<>();
  private final Map<String, Deque<Pending>> aside = new HashMap<>();
  private final Map<String, Integer> underWay = new HashMap<>();
  private int waiting;

  /**
   * @param capacity commands that may wait or be under way
   */
  LaneQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Takes a command in, or returns false when the queue is full. */
  boolean offer(Pending command) {
    if (!hasRoom()) {
      return false;
    }
    waiting++;
    ready.addLast(command);
    return true;
  }

  boolean hasRoom() {
    return waiting + underWay.size() < capacity;
  }

  boolean isEmpty() {
    return waiting == 0 && underWay.isEmpty();
  }

  /** A command that keeps its key while it comes back from a partner; always taken in. */
  void offerSettling(Pending command) {
    waiting++;
    ready.addFirst(command);
  }

  /** A command that another lane began: its key is under way until it is released. */
  void hold(Pending command) {
    underWay.merge(command.key(), 1, Integer::sum);
  }

  /** Commands that a batch could take now, some of which may turn out to stand aside. */
  int ready() {
    return ready.size();
  }

  /** Commands that wait, those aside included. */
  int waiting() {
    return waiting;
  }

  /**
   * The next batch; its keys are under way until released.
   *
   * @param given up on: such commands are dropped instead of taken
   */
  List<Pending> take(int commandsMax, int rowsMax, Predicate<Pending> given) {
    List<Pending> batch = new ArrayList<>();
    RowLimit rows = new RowLimit(rowsMax);
    while (!ready.isEmpty() && batch.size() < commandsMax && rows.hasRoomFor(ready.peekFirst())) {
      Pending next = ready.removeFirst();
      if (!next.settles() && underWay.containsKey(next.key())) {
        aside.computeIfAbsent(next.key(), key -> new ArrayDeque<>()).addLast(next);
      } else if (!next.settles() && given.test(next)) {
        waiting--;
        bringBack(next.key());
      } else {
        waiting--;
        rows.take(next);
        batch.add(next);
        if (!next.settles()) {
          hold(next);
        }
      }
    }
    return batch;
  }

  /** The command is answered: the next one under its key may go. */
  void release(Pending command) {
    underWay.computeIfPresent(command.key(), (key, held) -> held == 1 ? null : held - 1);
    bringBack(command.key());
  }

  private void bringBack(String key) {
    Deque<Pending> standing = aside.get(key);
    if (standing == null || underWay.containsKey(key)) {
      return;
    }
    ready.addFirst(standing.removeFirst());
    if (standing.isEmpty()) {
      aside.remove(key);
    }
  }
}
