package dev.holdfast.chaos;

import io.vertx.core.Future;

/** How the local journal is broken: given by whoever has one. */
public interface JournalFaults {
  /** It refuses what comes, because it holds as much as it may. */
  Injector.Ending fill();

  /**
   * Spoils its file, as a bad disk would. What becomes of that is the journal's own doing.
   *
   * @return completes when it is done; fails with {@link IllegalStateException} when there is no
   *     file that could be spoiled
   */
  Future<Injector.Ending> corrupt();
}
