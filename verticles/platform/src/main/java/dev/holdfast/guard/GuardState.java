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
 * @param halfOpenIn how long until probes are let through; zero unless open
 * @param windowCalls calls in the breaker's window; 0 unless closed
 * @param windowFailures failures among them
 * @param counts since the guard was made
 */
public record GuardState(
    String name,
    State state,
    Instant since,
    long generation,
    Duration halfOpenIn,
    long windowCalls,
    long windowFailures,
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
   * @param retries attempts after the first
   * @param openings times the breaker opened
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
      long retries,
      long openings,
      int running,
      int waiting) {}

  static GuardState of(String name, Breaker.Phase phase, Counts counts, Clock clock) {
    Window.Sums sums =
        phase instanceof Breaker.Closed closed ? closed.window().sums() : new Window.Sums(0, 0, 0);
    Duration left =
        phase instanceof Breaker.Open open
            ? Duration.ofNanos(Math.max(0, open.dueNanos() - clock.nanoTime()))
            : Duration.ZERO;
    State state =
        switch (phase) {
          case Breaker.Closed closed -> State.CLOSED;
          case Breaker.Open open -> State.OPEN;
          case Breaker.HalfOpen halfOpen -> State.HALF_OPEN;
        };
    return new GuardState(
        name, state, phase.since(), phase.generation(), left, sums.all(), sums.rare(), counts);
  }
}
