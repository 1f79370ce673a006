package dev.holdfast.alert;

import java.util.Optional;

/** When an alert begins, goes on and is over. */
final class AlertRules {
  /** What one look brought about. */
  enum Step {
    /** Nothing. */
    NONE,
    /** An alert begins. */
    RAISE,
    /** An alert's condition holds again, having not held for less than its clear time. */
    AGAIN,
    /** An alert's condition still holds. */
    GOES_ON,
    /** An alert is over. */
    RESOLVE
  }

  /**
   * The outcome of a look.
   *
   * @param after what is to be remembered; empty for nothing
   */
  record Verdict(Optional<Watching> after, Step step) {}

  private AlertRules() {}

  /**
   * One look at one condition for one subject.
   *
   * @param before what is remembered of it
   * @param holds whether it holds now
   * @param now on the monotonic clock
   */
  static Verdict judge(Condition condition, Optional<Watching> before, boolean holds, long now) {
    if (before.isEmpty() || !before.get().firing()) {
      return holds ? held(condition, before, now) : nothing();
    }
    return firing(condition, before.get(), holds, now);
  }

  private static Verdict nothing() {
    return new Verdict(Optional.empty(), Step.NONE);
  }

  private static Verdict held(Condition condition, Optional<Watching> before, long now) {
    long since = before.map(Watching::sinceNanos).orElse(now);
    boolean raise = now - since >= condition.hold().toNanos();
    return new Verdict(
        Optional.of(new Watching(raise, true, since, now)), raise ? Step.RAISE : Step.NONE);
  }

  private static Verdict firing(Condition condition, Watching before, boolean holds, long now) {
    if (holds) {
      long since = before.held() ? before.sinceNanos() : now;
      return new Verdict(
          Optional.of(new Watching(true, true, since, now)),
          before.held() ? Step.GOES_ON : Step.AGAIN);
    }
    if (now - before.lastNanos() >= condition.clear().toNanos()) {
      return new Verdict(Optional.empty(), Step.RESOLVE);
    }
    return new Verdict(
        Optional.of(new Watching(true, false, before.sinceNanos(), before.lastNanos())), Step.NONE);
  }
}
