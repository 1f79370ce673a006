package dev.holdfast.launcher.days;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A whole replay: the files, the reviews beside them, and the wait until all has settled. */
public final class Replay {
  /** How long nothing may move before the wait is given up. */
  static final Duration STILL_AT_MOST = Duration.ofSeconds(60);

  private final Supplier<Optional<Door>> door;
  private final Books books;
  private final Review review;
  private final Progress progress;

  /**
   * A replay.
   *
   * @param door asked before every request
   * @param books of the same platform
   */
  public Replay(Supplier<Optional<Door>> door, Books books, Review review, Progress progress) {
    this.door = door;
    this.books = books;
    this.review = review;
    this.progress = progress;
  }

  /**
   * How it went.
   *
   * @param troubles why documents are not in the books, and what did not settle
   */
  public record Outcome(List<String> troubles) {
    public Outcome {
      troubles = List.copyOf(troubles);
    }
  }

  /**
   * Brings the files. Blocks until everything has settled.
   *
   * @throws ShopUnreachable when the platform stays away; run again, it goes on
   */
  @SuppressWarnings("try") // the desk works beside, from its making to its closing
  public Outcome run(List<DayFile> files, BigDecimal openingShare) {
    try (ShopClient shop = new ShopClient(door, ShopClient.PATIENCE)) {
      List<String> troubles;
      Map<String, Long> unsettled;
      try (ReviewDesk desk = new ReviewDesk(shop, order -> review, progress)) {
        troubles =
            new ArrayList<>(new ReplayRunner(shop, review, progress).run(files, openingShare));
        shop.awaitIntents();
        unsettled = Settling.await(books, review != Review.HOLD, STILL_AT_MOST, progress);
      }
      unsettled.forEach(
          (what, count) -> {
            if (count != 0) {
              troubles.add("not settled: " + count + " " + what);
            }
          });
      return new Outcome(troubles);
    }
  }
}
