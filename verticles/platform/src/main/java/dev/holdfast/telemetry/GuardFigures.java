package dev.holdfast.telemetry;

/** A guard's own counts since it was made, read on any thread whenever somebody looks. */
public interface GuardFigures {
  /** 0 closed, 1 open, 2 half-open. */
  int stateNumber();

  /** Attempts that the dependency answered. */
  long succeeded();

  /** Attempts that failed by the dependency's fault. */
  long failed();

  /** Attempts whose failure says nothing about the dependency. */
  long ignored();

  /** Calls refused because the breaker did not let them pass. */
  long refusedOpen();

  /** Calls refused because all places and the queue were taken. */
  long refusedFull();

  /** Calls whose deadline passed before an attempt began. */
  long refusedLate();

  /** Attempts after the first. */
  long retries();

  /** Times the breaker opened. */
  long openings();

  /** Times it became half-open. */
  long halfOpenings();

  /** Times it closed, by hand too. */
  long closings();

  /** Times it went from one state to another; numbers as {@link #stateNumber} has them. */
  long transitions(int from, int to);

  /** How far {@link #retriesAs} counts. */
  int attemptsMax();

  /**
   * Attempts of this number.
   *
   * @param attempt from 2; the last stands for all beyond it
   */
  long retriesAs(int attempt);

  /** Those among them that were answered. */
  long retriesSucceededAs(int attempt);

  /** Attempts under way. */
  int running();

  /** Calls queued for a place. */
  int waiting();
}
