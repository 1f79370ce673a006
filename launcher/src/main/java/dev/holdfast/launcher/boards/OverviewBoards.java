package dev.holdfast.launcher.boards;

import static dev.holdfast.launcher.boards.Queries.rate;
import static dev.holdfast.launcher.boards.Queries.share;

import dev.holdfast.launcher.boards.Board.Variable;
import dev.holdfast.launcher.boards.Panel.Kind;
import java.util.List;

/** The boards to look at first: all agents, the process, one agent. */
final class OverviewBoards {
  private static final String REQUESTS = "holdfast_agent_requests_total";

  private OverviewBoards() {}

  /** All agents in nine panels. */
  static Board overview() {
    return new Board(
        "01-overview",
        "01 Overview",
        "dashboards.md#01-overview",
        "5s",
        "now-1h",
        List.of(),
        List.of(
            Panel.of(
                    Kind.STAT, "System health", "percentunit", "avg(holdfast_worker_health_status)")
                .coloured(Steps.better(0.8, 1))
                .saying("The share of agents that run."),
            Panel.of(
                Kind.STAT,
                "Total requests, 5 m",
                "short",
                "sum(increase(holdfast_agent_requests_total[5m]))"),
            Panel.of(
                    Kind.STAT,
                    "Error rate",
                    "percentunit",
                    share(rate(REQUESTS + "{status=\"error\"}"), rate(REQUESTS)))
                .coloured(Steps.worse(0.01, 0.05)),
            Panel.of(Kind.STAT, "Cache hit rate", "percentunit", CacheBoard.HIT_RATE)
                .coloured(Steps.better(0.7, 0.8)),
            Panel.of(
                Kind.LINES,
                "Request rate by agent",
                "reqps",
                rate(REQUESTS, "agent_type"),
                "{{agent_type}}"),
            Panel.of(
                    Kind.STATES,
                    "Worker health",
                    "none",
                    "max by (worker_name) (holdfast_worker_health_status)",
                    "{{worker_name}}")
                .coloured(Steps.upOrDown("up", "down"))
                .wide(12),
            Panel.of(
                Kind.LINES,
                "Active requests by worker",
                "short",
                "sum by (worker_name) (holdfast_worker_active_requests)",
                "{{worker_name}}"),
            Panel.of(
                    Kind.LINES,
                    "Queue depth",
                    "short",
                    "sum by (topic) (holdfast_message_bus_queue_depth)",
                    "{{topic}}")
                .coloured(Steps.worse(10, 50)),
            Panel.of(
                    Kind.LINES,
                    "Message bus throughput",
                    "ops",
                    rate("holdfast_message_bus_messages_total", "topic"),
                    "{{topic}}")
                .wide(24)));
  }

  /** The process and what comes to it, in eight panels. */
  static Board system() {
    return new Board(
        "07-system-overview",
        "07 System overview",
        "dashboards.md#07-system-overview",
        "5s",
        "now-15m",
        List.of(),
        List.of(
            Panel.of(Kind.STAT, "System health", "s", "server_uptime_seconds")
                .coloured(Steps.better(60, 300))
                .saying("Time since the process started."),
            Panel.of(Kind.STAT, "Events received", "short", "events_received_total"),
            Panel.of(
                    Kind.STAT,
                    "Active WebSocket connections",
                    "short",
                    "websocket_connections_active")
                .coloured(Steps.goodFrom(1)),
            Panel.of(Kind.STAT, "HTTP request rate", "reqps", "sum(rate(http_requests_total[1m]))"),
            Panel.of(
                Kind.LINES, "Events over time", "ops", rate("events_received_total"), "events"),
            Panel.of(
                    Kind.LINES,
                    "WebSocket timeline",
                    "short",
                    "websocket_connections_active",
                    "active")
                .and("rate(websocket_connections_total[$__rate_interval]) * 60", "new a minute")
                .and(
                    "rate(websocket_disconnections_total[$__rate_interval]) * 60",
                    "closed a minute"),
            Panel.of(Kind.BARS, "Error rate", "ops", rate("events_failed_total"), "refused")
                .coloured(new Steps(Steps.RED, List.of(), List.of())),
            Panel.of(
                    Kind.TABLE,
                    "Requests by path",
                    "short",
                    "sort_desc(sum by (path) (http_requests_by_path_total))",
                    "requests")
                .wide(12)));
  }

  /** One agent's HTTP, by the four queries that every agent answers. */
  static Board agent() {
    return new Board(
        "08-agent",
        "08 Agent",
        "dashboards.md#08-agent",
        "5s",
        "now-1h",
        List.of(new Variable("agent", "requests_total", "agent_id", false)),
        List.of(
            Panel.of(
                Kind.LINES,
                "Request rate",
                "reqps",
                "rate(requests_total{agent_id=\"$agent\"}[5m])",
                "{{agent_id}}"),
            Panel.of(
                    Kind.LINES,
                    "Error rate",
                    "percentunit",
                    "rate(errors_total{agent_id=\"$agent\"}[5m]) / "
                        + "rate(requests_total{agent_id=\"$agent\"}[5m])",
                    "{{agent_id}}")
                .coloured(Steps.worse(0.01, 0.05)),
            Panel.of(
                Kind.LINES,
                "p95 request time",
                "ms",
                "histogram_quantile(0.95, "
                    + "rate(request_duration_ms_bucket{agent_id=\"$agent\"}[5m]))",
                "{{agent_id}}"),
            Panel.of(
                Kind.LINES,
                "Active connections",
                "short",
                "active_connections{agent_id=\"$agent\"}",
                "{{agent_id}}")));
  }
}
