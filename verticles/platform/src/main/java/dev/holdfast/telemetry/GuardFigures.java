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

  /** Attempts under way. */
  int running();

  /** Calls queued for a place. */
  int waiting();
}
