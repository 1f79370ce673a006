package dev.holdfast.embedded;

import java.util.concurrent.CompletableFuture;

/**
 * Tells of a server's end from a thread of its own. {@link Process#onExit} tells on the common pool
 * of the JVM, where it comes late when others keep that busy.
 */
final class ExitWatch {
  private ExitWatch() {}

  /** Blocks until the server has gone. */
  @FunctionalInterface
  interface End {
    void await() throws InterruptedException;
  }

  /** Begins to wait; the future completes on the waiting thread. */
  static CompletableFuture<Void> begin(String name, End end) {
    CompletableFuture<Void> told = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("end of " + name)
        .start(
            () -> {
              try {
                end.await();
                told.complete(null);
              } catch (InterruptedException | RuntimeException failed) {
                told.completeExceptionally(failed);
              }
            });
    return told;
  }
}
