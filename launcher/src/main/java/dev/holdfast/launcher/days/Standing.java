package dev.holdfast.launcher.days;

import dev.holdfast.launcher.days.ShopClient.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waits until orders and returns have come to their end, asking seldom and for few. */
final class Standing {
  /** How long one may take before it is given up. */
  static final Duration AT_MOST = Duration.ofMinutes(5);

  private static final long FIRST_PAUSE_MS = 40;
  private static final long LONGEST_PAUSE_MS = 1_000;
  private static final Set<String> ENDS = Set.of("DELIVERED", "REFUSED", "REFUNDED");

  private final ShopClient shop;
  private final boolean heldIsAnEnd;
  private final Duration atMost;

  /**
   * Waiting at a shop.
   *
   * @param heldIsAnEnd whether an order that waits for a person counts as settled, because nobody
   *     is going to decide
   */
  Standing(ShopClient shop, boolean heldIsAnEnd) {
    this(shop, heldIsAnEnd, AT_MOST);
  }

  /**
   * The same with another patience.
   *
   * @param atMost how long one may take before it is given up
   */
  Standing(ShopClient shop, boolean heldIsAnEnd, Duration atMost) {
    this.shop = shop;
    this.heldIsAnEnd = heldIsAnEnd;
    this.atMost = atMost;
  }

  /**
   * Blocks until all of them have settled.
   *
   * @param paths below {@code /api/v1}, such as {@code /orders/…}
   * @return the path that did not within the time, or null
   */
  String await(List<String> paths) {
    for (String path : paths) {
      if (!isSettledInTime(path)) {
        return path;
      }
    }
    return null;
  }

  /**
   * Blocks until it has the status, or has settled without it.
   *
   * @return whether it has the status
   */
  boolean reaches(String path, String status) {
    return isInTime(path, answer -> answer.text("status").equals(status) || isSettled(answer))
        && shop.get(path).text("status").equals(status);
  }

  private boolean isSettledInTime(String path) {
    return isInTime(path, this::isSettled);
  }

  private boolean isInTime(String path, Predicate<Answer> wanted) {
    long begin = System.nanoTime();
    long pause = FIRST_PAUSE_MS;
    while (!wanted.test(shop.get(path))) {
      if (System.nanoTime() - begin > atMost.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(Duration.ofMillis(pause).toNanos());
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
    return true;
  }

  private boolean isSettled(Answer answer) {
    String status = answer.text("status");
    return ENDS.contains(status) || (heldIsAnEnd && status.equals("HELD"));
  }
}
