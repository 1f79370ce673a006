package dev.holdfast.launcher.days;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Waits until nothing is under way but what waits for a person. */
public final class Settling {
  private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

  /** Nobody could look, so nobody knows. */
  private static final Map<String, Long> UNREAD = Map.of("databases that could not be read", 1L);

  private Settling() {}

  /**
   * Blocks until everything has settled, or for a time without any progress.
   *
   * @param books asked twice a second
   * @param reviewed whether somebody decides about held orders, so that they settle too
   * @param atMost how long nothing may move before it is given up
   * @return what is still under way, by kind; all 0 when everything has settled
   */
  public static Map<String, Long> await(
      Books books, boolean reviewed, Duration atMost, Progress progress) {
    progress.begin("settling", 0);
    Map<String, Long> last = Map.of();
    long moved = System.nanoTime();
    while (true) {
      Map<String, Long> now = look(books, reviewed, last);
      if (!now.isEmpty() && now.values().stream().allMatch(count -> count == 0)) {
        return now;
      }
      if (!now.equals(last)) {
        moved = System.nanoTime();
        last = now;
      }
      if (System.nanoTime() - moved > atMost.toNanos()) {
        return now.isEmpty() ? UNREAD : now;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** A database that is away for a moment says nothing new. */
  private static Map<String, Long> look(Books books, boolean reviewed, Map<String, Long> last) {
    try {
      return books.unsettled(reviewed);
    } catch (LedgerReader.LedgerUnreadable away) {
      return last;
    }
  }
}
