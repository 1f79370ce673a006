package dev.holdfast.launcher.boards;

import static dev.holdfast.launcher.boards.Queries.grown;
import static dev.holdfast.launcher.boards.Queries.mean;
import static dev.holdfast.launcher.boards.Queries.quantile;
import static dev.holdfast.launcher.boards.Queries.rate;

import dev.holdfast.launcher.boards.Panel.Kind;
import java.util.List;

/** What is our own: supervision and incidents; runs, lanes and the outbox. */
final class PlatformBoards {
  private PlatformBoards() {}

  /** Levels, agents, incidents and how they ended. */
  static Board supervision() {
    return new Board(
        "09-supervision",
        "09 Supervision and incidents",
        "dashboards.md#09-supervision-and-incidents",
        "5s",
        "now-1h",
        List.of(),
        List.of(
            Panel.of(Kind.STAT, "Level", "none", "holdfast_platform_level")
                .coloured(Steps.levels()),
            Panel.of(Kind.STAT, "Mode", "none", "holdfast_platform_mode").coloured(Steps.modes()),
            Panel.of(Kind.STAT, "Features left", "percent", "holdfast_features_health_percent")
                .coloured(Steps.better(50, 100)),
            Panel.of(Kind.STAT, "Lease", "none", "min(holdfast_lease_held)")
                .coloured(Steps.upOrDown("held", "lost")),
            Panel.of(
                    Kind.STATES,
                    "What agents need",
                    "none",
                    "holdfast_capability_up",
                    "{{capability}}")
                .coloured(Steps.upOrDown("up", "down"))
                .wide(12),
            Panel.of(Kind.STATES, "Levels of agents", "none", "holdfast_agent_level", "{{agent}}")
                .coloured(Steps.levels())
                .wide(12),
            Panel.of(Kind.STATES, "Agents", "none", "holdfast_supervisor_child_up", "{{child}}")
                .coloured(Steps.upOrDown("runs", "does not run")),
            Panel.of(
                Kind.BARS,
                "Restarts by reason",
                "short",
                grown("holdfast_supervisor_restarts_total", "$__rate_interval", "child", "reason"),
                "{{child}} {{reason}}"),
            Panel.of(
                Kind.BARS,
                "Incidents by outcome",
                "short",
                grown(
                    "holdfast_supervisor_incidents_total", "$__rate_interval", "child", "outcome"),
                "{{child}} {{outcome}}"),
            Panel.of(
                Kind.TABLE,
                "Rungs taken",
                "short",
                grown("holdfast_supervisor_rungs_total", "$__range", "child", "rung"),
                "times"),
            Panel.of(
                Kind.TABLE,
                "Reactions",
                "short",
                grown("holdfast_reactions_total", "$__range", "reaction", "outcome"),
                "times"),
            Panel.of(
                    Kind.LINES,
                    "From fault to detection",
                    "s",
                    quantile(0.99, "holdfast_supervisor_detection_seconds"),
                    "p99")
                .coloured(Steps.worse(1, 5)),
            Panel.of(
                    Kind.LINES,
                    "From fault to proof",
                    "s",
                    quantile(0.99, "holdfast_supervisor_recovery_seconds"),
                    "p99")
                .coloured(Steps.worse(1, 5)),
            Panel.of(
                Kind.BARS,
                "Changes of level",
                "short",
                grown("holdfast_platform_level_changes_total", "$__rate_interval", "level"),
                "to {{level}}"),
            Panel.of(
                Kind.LINES,
                "Failures by category",
                "ops",
                rate("holdfast_failures_total", "category", "severity"),
                "{{category}} {{severity}}")));
  }

  /** The way of the work. */
  static Board flow() {
    return new Board(
        "10-flow",
        "10 Runs, lanes and outbox",
        "dashboards.md#10-runs-lanes-and-outbox",
        "5s",
        "now-1h",
        List.of(),
        List.of(
            Panel.of(Kind.STAT, "Open runs", "short", "sum(holdfast_runs_open)"),
            Panel.of(Kind.STAT, "Unsent events", "short", "holdfast_outbox_unsent_events")
                .coloured(Steps.worse(1_000, 10_000)),
            Panel.of(Kind.STAT, "Oldest unsent event", "s", "holdfast_outbox_oldest_seconds")
                .coloured(Steps.worse(10, 60)),
            Panel.of(Kind.STAT, "Waiting intents", "short", "holdfast_journal_waiting_intents")
                .coloured(Steps.worse(1, 5_000)),
            Panel.of(
                Kind.LINES,
                "Runs by stage",
                "ops",
                rate("holdfast_runs_total", "workflow", "stage"),
                "{{workflow}} {{stage}}"),
            Panel.of(
                Kind.LINES,
                "Turns",
                "ops",
                rate("holdfast_turns_total", "workflow"),
                "{{workflow}}"),
            Panel.of(
                Kind.LINES,
                "Commands by outcome",
                "ops",
                rate("holdfast_lane_commands_total", "agent", "outcome"),
                "{{agent}} {{outcome}}"),
            Panel.of(
                Kind.LINES,
                "Replies",
                "ops",
                rate("holdfast_replies_total", "agent", "kind"),
                "{{agent}} {{kind}}"),
            Panel.of(
                Kind.LINES,
                "Commands in a transaction",
                "short",
                mean("holdfast_lane_batch_commands", "agent"),
                "{{agent}}"),
            Panel.of(
                    Kind.LINES,
                    "Transaction time, p95",
                    "s",
                    quantile(0.95, "holdfast_lane_flush_seconds", "agent"),
                    "{{agent}}")
                .coloured(Steps.worse(0.5, 2)),
            Panel.of(
                Kind.LINES,
                "Batches run again",
                "ops",
                rate("holdfast_lane_reruns_total", "agent", "cause"),
                "{{agent}} {{cause}}"),
            Panel.of(
                Kind.LINES,
                "Events published",
                "ops",
                rate("holdfast_outbox_published_total", "topic"),
                "{{topic}}"),
            Panel.of(
                Kind.LINES,
                "Events consumed",
                "ops",
                rate("holdfast_events_consumed_total", "topic", "outcome"),
                "{{topic}} {{outcome}}"),
            Panel.of(
                Kind.LINES,
                "Statements",
                "ops",
                rate("holdfast_database_operations_total", "operation"),
                "{{operation}}"),
            Panel.of(
                    Kind.LINES,
                    "Statement time, p95",
                    "s",
                    quantile(0.95, "holdfast_database_operation_duration_seconds", "operation"),
                    "{{operation}}")
                .coloured(Steps.worse(1, 5)),
            Panel.of(
                Kind.LINES,
                "Sessions",
                "short",
                "sum by (user_type) (holdfast_active_sessions)",
                "{{user_type}}"),
            Panel.of(
                Kind.LINES,
                "Session requests",
                "reqps",
                rate("holdfast_session_messages_total", "session_type"),
                "{{session_type}}")));
  }
}
