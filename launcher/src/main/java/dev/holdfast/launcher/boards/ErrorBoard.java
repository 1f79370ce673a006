package dev.holdfast.launcher.boards;

import static dev.holdfast.launcher.boards.Queries.grown;
import static dev.holdfast.launcher.boards.Queries.rate;

import dev.holdfast.launcher.boards.Panel.Kind;
import java.util.List;

/** Retries, breakers and dead letters, in fifteen panels. */
final class ErrorBoard {
  private static final String ATTEMPTS = "holdfast_retry_attempts_total";
  private static final String SUCCESSES = "holdfast_retry_success_total";
  private static final String STATE = "holdfast_circuit_breaker_state";
  private static final String TRANSITIONS = "holdfast_circuit_breaker_transitions_total";
  private static final String LETTERS = "holdfast_dead_letter_queue_size";
  private static final String REPLAYS = "holdfast_dead_letter_replay_total";
  private static final String AGENT = "agent_type";
  private static final String BY_AGENT = "{{agent_type}}";
  private static final Steps RETRIES = Steps.better(0.5, 0.9);
  private static final Steps QUEUE = Steps.worse(10, 50);

  private ErrorBoard() {}

  private static String states() {
    return "max by (breaker_name) (" + STATE + ")";
  }

  private static String letters() {
    return "sum by (agent_type) (" + LETTERS + ")";
  }

  /** Of what was retried in the time that is shown; without retries there is none. */
  private static String successRate(String... by) {
    return grown(SUCCESSES, "$__range", by) + " / " + grown(ATTEMPTS, "$__range", by);
  }

  static Board board() {
    return new Board(
        "06-errors",
        "06 Errors",
        "dashboards.md#06-errors",
        "5s",
        "now-1h",
        List.of(),
        List.of(
            Panel.of(Kind.STAT, "Retry attempts", "short", grown(ATTEMPTS, "$__range")),
            Panel.of(
                    Kind.STAT, "Successful retries", "short", grown(SUCCESSES, "$__range"), "count")
                .and(rate(SUCCESSES), "a second"),
            Panel.of(Kind.STAT, "Open breakers", "short", "count(" + STATE + " == 1) or vector(0)")
                .coloured(Steps.badFrom(1)),
            Panel.of(Kind.STAT, "Dead-letter queue", "short", "sum(" + LETTERS + ")")
                .coloured(QUEUE),
            Panel.of(Kind.LINES, "Retries by agent", "ops", rate(ATTEMPTS, AGENT), BY_AGENT),
            Panel.of(
                    Kind.LINES,
                    "Retry success",
                    "percentunit",
                    rate(SUCCESSES, AGENT) + " / " + rate(ATTEMPTS, AGENT),
                    BY_AGENT)
                .coloured(RETRIES),
            Panel.of(Kind.STATES, "Breaker states", "none", states(), "{{breaker_name}}")
                .coloured(Steps.breaker()),
            Panel.of(
                Kind.BARS,
                "Breaker transitions",
                "short",
                grown(TRANSITIONS, "$__rate_interval", "breaker_name", "from_state", "to_state"),
                "{{breaker_name}} {{from_state}} to {{to_state}}"),
            Panel.of(Kind.LINES, "Dead letters by agent", "short", letters(), BY_AGENT)
                .coloured(QUEUE),
            Panel.of(
                    Kind.LINES,
                    "Growth of the dead-letter queue",
                    "short",
                    "sum by (agent_type) (rate(" + LETTERS + "[5m]))",
                    BY_AGENT)
                .coloured(Steps.worse(0.1, 1)),
            Panel.of(
                Kind.BARS,
                "Replays",
                "short",
                grown(REPLAYS, "$__rate_interval", "success"),
                "success {{success}}"),
            Panel.of(Kind.TABLE, "Retries", "short", grown(ATTEMPTS, "$__range", AGENT), "attempts")
                .and(grown(SUCCESSES, "$__range", AGENT), "successes")
                .and(successRate(AGENT), "success rate"),
            Panel.of(Kind.TABLE, "Breakers", "none", states(), "state")
                .and(grown(TRANSITIONS, "$__range", "breaker_name"), "changes")
                .coloured(Steps.breaker()),
            Panel.of(
                Kind.PIE,
                "Retries by attempt",
                "short",
                grown(ATTEMPTS, "$__range", "attempt_number"),
                "attempt {{attempt_number}}"),
            Panel.of(Kind.DONUT, "Dead letters", "short", letters(), BY_AGENT)));
  }
}
