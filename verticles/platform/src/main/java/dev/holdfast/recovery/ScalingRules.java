package dev.holdfast.recovery;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** When a lane is widened and narrowed. */
public final class ScalingRules {
  private ScalingRules() {}

  /** What calls for a wider lane: the last looks, the latest at the end. */
  public static Optional<String> tooMuch(List<LaneLoad> looks, ScalingPolicy policy) {
    if (looks.size() < policy.looks()) {
      return Optional.empty();
    }
    boolean all =
        looks.subList(looks.size() - policy.looks(), looks.size()).stream()
            .allMatch(look -> look.drainMs() > policy.drain().toMillis());
    LaneLoad last = looks.getLast();
    return all
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%d wait and %.0f/s are done, for %d looks",
                last.waiting(),
                last.donePerSecond(),
                policy.looks()))
        : Optional.empty();
  }

  /** Why a wider lane would not help, or harm others. */
  public static Optional<String> refusal(LaneLoad now, ScalingPolicy policy) {
    if (now.widened() + policy.step() > policy.most()) {
      return Optional.of("it is as wide as it may be");
    }
    if (now.poolWaiting() > 0 || now.poolFree() < policy.step() + policy.headroom()) {
      return Optional.of("the pool has no headroom");
    }
    if (now.donePerSecond() == 0 || now.transactionMs() > policy.slow().toMillis()) {
      return Optional.of("the database is slow");
    }
    return Optional.empty();
  }

  /** Whether a wider lane has helped: what waits becomes less, or will soon be done. */
  public static boolean hasHelped(LaneLoad before, LaneLoad now, ScalingPolicy policy) {
    return now.waiting() < before.waiting() || now.drainMs() <= policy.drain().toMillis();
  }
}
