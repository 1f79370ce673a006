package dev.holdfast.telemetry;

import java.util.List;

/** Shows a guard's own counts; counting costs the guard nothing more for it. */
final class GuardMeters {
  /** By their numbers. */
  private static final List<String> STATES = List.of("closed", "open", "half_open");

  private GuardMeters() {}

  static void show(Meters meters, String guard, GuardFigures figures) {
    meters.reading(Catalogue.GUARD_STATE, guard).from(figures::stateNumber);
    meters.reading(GivenMeter.BREAKER_STATE, guard).from(figures::stateNumber);
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
    Catalogue changes = Catalogue.GUARD_TRANSITIONS;
    meters.functionCounter(changes, figures, GuardFigures::openings, guard, "open");
    meters.functionCounter(changes, figures, GuardFigures::halfOpenings, guard, "half_open");
    meters.functionCounter(changes, figures, GuardFigures::closings, guard, "closed");
    transitions(meters, guard, figures);
    for (int at = 2; at <= figures.attemptsMax(); at++) {
      int attempt = at;
      String number = String.valueOf(attempt);
      meters.functionCounter(
          Catalogue.GUARD_ATTEMPTS, figures, f -> f.retriesAs(attempt), guard, number, "begun");
      meters.functionCounter(
          Catalogue.GUARD_ATTEMPTS,
          figures,
          f -> f.retriesSucceededAs(attempt),
          guard,
          number,
          "ok");
      meters.functionCounter(
          GivenMeter.RETRY_ATTEMPTS, figures, f -> f.retriesAs(attempt), guard, number);
      meters.functionCounter(
          GivenMeter.RETRY_SUCCESS, figures, f -> f.retriesSucceededAs(attempt), guard, number);
    }
  }

  private static void transitions(Meters meters, String guard, GuardFigures figures) {
    for (int from = 0; from < STATES.size(); from++) {
      for (int to = 0; to < STATES.size(); to++) {
        if (from != to) {
          int was = from;
          int became = to;
          meters.functionCounter(
              GivenMeter.BREAKER_TRANSITIONS,
              figures,
              f -> f.transitions(was, became),
              guard,
              STATES.get(from),
              STATES.get(to));
        }
      }
    }
  }
}
