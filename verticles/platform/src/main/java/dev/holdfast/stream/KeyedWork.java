package dev.holdfast.stream;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Work under keys: of one key one after the other, of several keys a bounded number beside each
 * other. On one context.
 *
 * @param <K> the keys
 */
final class KeyedWork<K> {
  private final int parallel;
  private final Map<K, ArrayDeque<Supplier<Future<Void>>>> waiting = new HashMap<>();
  private final ArrayDeque<K> ready = new ArrayDeque<>();
  private int running;
  private boolean starting;

  /**
   * @param parallel how many keys are worked on at a time, 1 or more
   */
  KeyedWork(int parallel) {
    this.parallel = parallel;
  }

  /** Adds work behind what its key has already. What it answers is not looked at. */
  void add(K key, Supplier<Future<Void>> work) {
    ArrayDeque<Supplier<Future<Void>>> queue = waiting.get(key);
    if (queue == null) {
      queue = new ArrayDeque<>(2);
      waiting.put(key, queue);
      ready.addLast(key);
    }
    queue.addLast(work);
    startReady();
  }

  int running() {
    return running;
  }

  /** A loop and not a recursion: work that is done at once comes back here while it is started. */
  private void startReady() {
    if (starting) {
      return;
    }
    starting = true;
    while (running < parallel && !ready.isEmpty()) {
      start(ready.removeFirst());
    }
    starting = false;
  }

  private void start(K key) {
    running++;
    Supplier<Future<Void>> work = waiting.get(key).removeFirst();
    work.get().onComplete(done -> ended(key));
  }

  /** A key with more work goes to the end of the line, so that no key keeps its place for ever. */
  private void ended(K key) {
    running--;
    if (waiting.get(key).isEmpty()) {
      waiting.remove(key);
    } else {
      ready.addLast(key);
    }
    startReady();
  }
}
