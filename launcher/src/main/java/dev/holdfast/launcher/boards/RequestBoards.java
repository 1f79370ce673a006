package dev.holdfast.launcher.boards;

import static dev.holdfast.launcher.boards.Queries.grown;
import static dev.holdfast.launcher.boards.Queries.mean;
import static dev.holdfast.launcher.boards.Queries.quantile;
import static dev.holdfast.launcher.boards.Queries.rate;
import static dev.holdfast.launcher.boards.Queries.share;

import dev.holdfast.launcher.boards.Board.Variable;
import dev.holdfast.launcher.boards.Panel.Kind;
import java.util.List;

/** What agents are asked, and how long they take. */
final class RequestBoards {
  private static final String OF_AGENTS = "{agent_type=~\"$agent\"}";
  private static final String REQUESTS = "holdfast_agent_requests_total" + OF_AGENTS;
  private static final String DURATION = "holdfast_agent_request_duration_seconds";
  private static final String BUCKETS = DURATION + "_bucket" + OF_AGENTS;

  /** Half a minute of answers is fine, ten seconds and more are not (E-220). */
  private static final Steps P95 = Steps.worse(5, 10);

  private static final Steps P99 = Steps.worse(15, 30);

  private RequestBoards() {}

  private static List<Variable> agents() {
    return List.of(new Variable("agent", "holdfast_agent_requests_total", "agent_type", true));
  }

  private static String with(String status) {
    return "holdfast_agent_requests_total{agent_type=~\"$agent\",status=\"" + status + "\"}";
  }

  /** Ten panels. */
  static Board requests() {
    return new Board(
        "02-requests",
        "02 Requests",
        "dashboards.md#02-requests",
        "5s",
        "now-1h",
        agents(),
        List.of(
            Panel.of(Kind.STAT, "Total requests", "short", "sum(" + REQUESTS + ")").wide(5),
            Panel.of(
                    Kind.STAT,
                    "Success rate",
                    "percentunit",
                    share(rate(with("success")), rate(REQUESTS)))
                .coloured(Steps.better(0.95, 0.99))
                .wide(5),
            Panel.of(
                    Kind.STAT,
                    "Error rate",
                    "percentunit",
                    share(rate(with("error")), rate(REQUESTS)))
                .coloured(Steps.worse(0.01, 0.05))
                .wide(5),
            Panel.of(
                    Kind.STAT,
                    "Timeout rate",
                    "percentunit",
                    share(rate(with("timeout")), rate(REQUESTS)))
                .coloured(Steps.worse(0.005, 0.02))
                .wide(5),
            Panel.of(Kind.STAT, "Requests per second", "reqps", rate(REQUESTS)).wide(4),
            Panel.of(
                    Kind.LINES,
                    "Request rate by agent",
                    "reqps",
                    rate(REQUESTS, "agent_type", "status"),
                    "{{agent_type}} {{status}}")
                .wide(16),
            Panel.of(
                    Kind.PIE,
                    "Requests by agent",
                    "short",
                    grown(REQUESTS, "$__range", "agent_type"),
                    "{{agent_type}}")
                .wide(8),
            Panel.of(
                Kind.TABLE,
                "Top 10 agents",
                "reqps",
                "topk(10, " + rate(REQUESTS, "agent_type") + ")",
                "requests"),
            Panel.of(Kind.LINES, "Trends", "reqps", over("1h"), "1 h")
                .and(over("6h"), "6 h")
                .and(over("24h"), "24 h"),
            Panel.of(Kind.HEATMAP, "Requests by duration", "s", rate(BUCKETS, "le"), "{{le}}")
                .wide(12)));
  }

  private static String over(String window) {
    return "sum(rate(" + REQUESTS + "[" + window + "]))";
  }

  private static String of(double rank, String... by) {
    return quantile(rank, DURATION, by).replace(DURATION + "_bucket", BUCKETS);
  }

  private static String average(String... by) {
    return mean(DURATION, by)
        .replace(DURATION + "_sum", DURATION + "_sum" + OF_AGENTS)
        .replace(DURATION + "_count", DURATION + "_count" + OF_AGENTS);
  }

  /** Twelve panels. */
  static Board latency() {
    return new Board(
        "03-latency",
        "03 Latency",
        "dashboards.md#03-latency",
        "5s",
        "now-1h",
        agents(),
        List.of(
            Panel.of(Kind.STAT, "P50", "s", of(0.5)).coloured(Steps.worse(1, 2)),
            Panel.of(Kind.STAT, "P95", "s", of(0.95)).coloured(P95),
            Panel.of(Kind.STAT, "P99", "s", of(0.99)).coloured(P99),
            Panel.of(Kind.STAT, "Average", "s", average()).coloured(Steps.worse(1, 2)),
            Panel.of(Kind.LINES, "Percentiles over time", "s", of(0.5), "p50")
                .and(of(0.95), "p95")
                .and(of(0.99), "p99")
                .coloured(P95)
                .wide(24),
            Panel.of(Kind.LINES, "P95 by agent", "s", of(0.95, "agent_type"), "{{agent_type}}")
                .coloured(P95),
            Panel.of(Kind.LINES, "Average by agent", "s", average("agent_type"), "{{agent_type}}"),
            Panel.of(Kind.TABLE, "Summary by agent", "s", of(0.5, "agent_type"), "p50")
                .and(of(0.95, "agent_type"), "p95")
                .and(of(0.99, "agent_type"), "p99")
                .and(average("agent_type"), "average")
                .coloured(P95),
            Panel.of(Kind.HEATMAP, "Distribution", "s", rate(BUCKETS, "le"), "{{le}}"),
            Panel.of(
                    Kind.BAR_GAUGE,
                    "Slowest ten, P99",
                    "s",
                    "topk(10, " + of(0.99, "agent_type") + ")",
                    "{{agent_type}}")
                .coloured(P99)
                .wide(24),
            Panel.of(
                Kind.LINES,
                "Request size",
                "bytes",
                quantile(0.95, "holdfast_agent_request_size_bytes", "agent_type"),
                "{{agent_type}} p95"),
            Panel.of(
                Kind.LINES,
                "Response size",
                "bytes",
                quantile(0.95, "holdfast_agent_response_size_bytes", "agent_type"),
                "{{agent_type}} p95")));
  }
}
