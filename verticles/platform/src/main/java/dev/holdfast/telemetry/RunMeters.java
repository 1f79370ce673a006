package dev.holdfast.telemetry;

import io.micrometer.core.instrument.Counter;

/** The runs of one workflow. */
public final class RunMeters {
  private final Counter started;
  private final Counter completed;
  private final Counter turnedBack;
  private final Counter needsHuman;
  private final Counter turns;
  private final Reading open;

  RunMeters(Meters meters, String workflow) {
    started = meters.counter(Catalogue.RUNS, workflow, "started");
    completed = meters.counter(Catalogue.RUNS, workflow, "completed");
    turnedBack = meters.counter(Catalogue.RUNS, workflow, "turned_back");
    needsHuman = meters.counter(Catalogue.RUNS, workflow, "needs_human");
    turns = meters.counter(Catalogue.TURNS, workflow);
    open = meters.reading(Catalogue.RUNS_OPEN, workflow);
  }

  public void started() {
    started.increment();
  }

  /** A run ended with all its steps done. */
  public void completed() {
    completed.increment();
  }

  /** A run ended with what it did taken back. */
  public void turnedBack() {
    turnedBack.increment();
  }

  /** A run waits for a person. */
  public void needsHuman() {
    needsHuman.increment();
  }

  /** A change of a run's row was committed. */
  public void turned() {
    turns.increment();
  }

  /** Runs that have not ended. */
  public Reading open() {
    return open;
  }
}
