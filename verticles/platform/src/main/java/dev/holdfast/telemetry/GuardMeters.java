package dev.holdfast.telemetry;

/** Shows a guard's own counts; counting costs the guard nothing more for it. */
final class GuardMeters {
  private GuardMeters() {}

  static void show(Meters meters, String guard, GuardFigures figures) {
    meters.reading(Catalogue.GUARD_STATE, guard).from(figures::stateNumber);
    meters.reading(Catalogue.GUARD_RUNNING, guard).from(figures::running);
    meters.reading(Catalogue.GUARD_WAITING, guard).from(figures::waiting);
    Catalogue calls = Catalogue.GUARD_CALLS;
    meters.functionCounter(calls, figures, GuardFigures::succeeded, guard, "ok");
    meters.functionCounter(calls, figures, GuardFigures::failed, guard, "failed");
    meters.functionCounter(calls, figures, GuardFigures::ignored, guard, "ignored");
    meters.functionCounter(calls, figures, GuardFigures::refusedOpen, guard, "refused_open");
    meters.functionCounter(calls, figures, GuardFigures::refusedFull, guard, "refused_full");
    meters.functionCounter(calls, figures, GuardFigures::refusedLate, guard, "refused_late");
    meters.functionCounter(Catalogue.GUARD_RETRIES, figures, GuardFigures::retries, guard);
    meters.functionCounter(Catalogue.GUARD_OPENINGS, figures, GuardFigures::openings, guard);
  }
}
