package dev.holdfast.guard;

import dev.holdfast.kernel.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A guard at one moment.
 *
 * @param name the dependency
 * @param state whether calls pass
 * @param since when this state began
 * @param generation grows by one with every change of state
 * @param forced why a person wants this state; empty when the calls brought it about
 * @param endsIn how long until an opening or a forced state ends by itself; zero when none is
 * @param loadPercent how many of a hundred calls pass: 100 when closed and load is back
 * @param windowCalls calls in the breaker's window; 0 unless closed
 * @param windowFailures failures among them
 * @param windowSlow slow ones among them
 * @param counts since the guard was made
 */
public record GuardState(
    String name,
    State state,
    Instant since,
    long generation,
    String forced,
    Duration endsIn,
    int loadPercent,
    long windowCalls,
    long windowFailures,
    long windowSlow,
    Counts counts) {

  /** Whether calls pass. */
  public enum State {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  /**
   * What a guard has seen since it was made.
   *
   * @param succeeded attempts that the dependency answered
   * @param failed attempts that failed by its fault
   * @param ignored attempts whose failure says nothing about it
   * @param refusedOpen calls that the breaker did not let pass
   * @param refusedFull calls that found no place and no room to wait
   * @param refusedLate calls whose deadline passed before an attempt began
   * @param openings times the breaker opened
   * @param halfOpenings times it became half-open
   * @param closings times it closed, by hand too
   * @param retries attempts after the first
   * @param retriesSucceeded calls that succeeded after a retry
   * @param retriesExhausted calls that failed after their last attempt
   * @param retriesOverBudget retries that the budget did not allow
   * @param running attempts under way
   * @param waiting calls queued for a place
   */
  public record Counts(
      long succeeded,
      long failed,
      long ignored,
      long refusedOpen,
      long refusedFull,
      long refusedLate,
      long openings,
      long halfOpenings,
      long closings,
      long retries,
      long retriesSucceeded,
      long retriesExhausted,
      long retriesOverBudget,
      int running,
      int waiting) {
    /** Which part of the attempts was answered, 0 to 1; 1 before the first. */
    public double successRate() {
      long all = succeeded + failed;
      return all == 0 ? 1 : succeeded / (double) all;
    }

    /** Changes of state. */
    public long transitions() {
      return openings + halfOpenings + closings;
    }
  }

  /** How long until probes are let through; zero unless open. */
  public Duration halfOpenIn() {
    return state == State.OPEN ? endsIn : Duration.ZERO;
  }

  static GuardState of(String name, Phase phase, Counts counts, Clock clock) {
    long now = clock.nanoTime();
    Window.Sums sums =
        phase instanceof Phase.Closed closed ? closed.window().sums(now) : Window.Sums.NONE;
    return new GuardState(
        name,
        state(phase),
        phase.since(),
        phase.generation(),
        forced(phase),
        endsIn(phase, now),
        loadPercent(phase, now),
        sums.all(),
        sums.rare(),
        sums.slow(),
        counts);
  }

  static State state(Phase phase) {
    return switch (phase) {
      case Phase.Closed closed -> State.CLOSED;
      case Phase.Open open -> State.OPEN;
      case Phase.HalfOpen halfOpen -> State.HALF_OPEN;
      case Phase.Held held -> held.as();
    };
  }

  private static String forced(Phase phase) {
    return switch (phase) {
      case Phase.Open open -> open.reason() == null ? "" : open.reason();
      case Phase.Held held -> held.reason();
      default -> "";
    };
  }

  private static Duration endsIn(Phase phase, long now) {
    return switch (phase) {
      case Phase.Open open -> Duration.ofNanos(Math.max(0, open.dueNanos() - now));
      case Phase.Held held -> Duration.ofNanos(Math.max(0, held.dueNanos() - now));
      default -> Duration.ZERO;
    };
  }

  private static int loadPercent(Phase phase, long now) {
    return switch (phase) {
      case Phase.Closed closed -> closed.ramp() == null ? 100 : closed.ramp().percent(now);
      case Phase.Held held -> held.as() == State.CLOSED ? 100 : 0;
      default -> 0;
    };
  }
}
