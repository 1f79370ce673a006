package dev.holdfast.launcher.days;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The documents of one customer, in their order. Each waits for the one above it to be answered; a
 * return also until all above it have settled, and it settles itself before the next one begins.
 */
final class CustomerLine {
  private final List<String> open = new ArrayList<>();
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /**
   * A document's place in the line.
   *
   * @param before done when its turn comes
   * @param done to be completed when the next one's turn comes
   */
  record Turn(CompletableFuture<Void> before, CompletableFuture<Void> done) {}

  /** The next place; asked by one thread, in the documents' order. */
  Turn next() {
    Turn turn = new Turn(last, new CompletableFuture<>());
    last = turn.done();
    return turn;
  }

  /** Something is under way; only whoever's turn it is may say so. */
  void opened(String path) {
    open.add(path);
  }

  /** What is not known to have settled; only whoever's turn it is may ask. */
  List<String> open() {
    return List.copyOf(open);
  }

  /** All of it has. */
  void settled() {
    open.clear();
  }
}
