package dev.holdfast.launcher.boards;

import static dev.holdfast.launcher.boards.Queries.grown;

import dev.holdfast.launcher.boards.Board.Variable;
import dev.holdfast.launcher.boards.Panel.Kind;
import java.util.List;

/** Whether agents run and keep up, in thirteen panels. */
final class WorkerBoard {
  private static final String OF_WORKERS = "{worker_name=~\"$worker\"}";
  private static final String HEALTH = "holdfast_worker_health_status" + OF_WORKERS;
  private static final String ACTIVE = "holdfast_worker_active_requests" + OF_WORKERS;
  private static final String QUEUE = "holdfast_worker_queue_size" + OF_WORKERS;
  private static final String RESTARTS = "holdfast_worker_restarts_total" + OF_WORKERS;
  private static final String NAME = "{{worker_name}}";
  private static final Steps UP = Steps.upOrDown("up", "down");
  private static final Steps WAITING = Steps.worse(10, 50);

  private WorkerBoard() {}

  private static String by(String gauge) {
    return "sum by (worker_name) (" + gauge + ")";
  }

  static Board board() {
    return new Board(
        "05-workers",
        "05 Workers",
        "dashboards.md#05-workers",
        "5s",
        "now-1h",
        List.of(new Variable("worker", "holdfast_worker_health_status", "worker_name", true)),
        List.of(
            Panel.of(Kind.STAT, "Healthy workers", "short", "sum(" + HEALTH + ")")
                .coloured(Steps.goodFrom(1)),
            Panel.of(
                    Kind.STAT,
                    "Unhealthy workers",
                    "short",
                    "count(" + HEALTH + ") - sum(" + HEALTH + ")")
                .coloured(Steps.badFrom(1)),
            Panel.of(Kind.STAT, "Active requests", "short", "sum(" + ACTIVE + ")"),
            Panel.of(Kind.STAT, "Queue depth", "short", "sum(" + QUEUE + ")").coloured(WAITING),
            Panel.of(
                    Kind.STEPS,
                    "Health over time",
                    "none",
                    "max by (worker_name) (" + HEALTH + ")",
                    NAME)
                .coloured(UP)
                .wide(24),
            Panel.of(
                    Kind.STATES,
                    "Health state timeline",
                    "none",
                    "max by (worker_name) (" + HEALTH + ")",
                    NAME)
                .coloured(UP),
            Panel.of(Kind.BAR_GAUGE, "Active requests by worker", "short", by(ACTIVE), NAME)
                .wide(8),
            Panel.of(Kind.BAR_GAUGE, "Queue by worker", "short", by(QUEUE), NAME)
                .coloured(WAITING)
                .wide(8),
            Panel.of(
                    Kind.BAR_GAUGE,
                    "Restarts",
                    "short",
                    grown(RESTARTS, "$__range", "worker_name"),
                    NAME)
                .coloured(Steps.worse(1, 10))
                .wide(8),
            Panel.of(Kind.LINES, "Active requests over time", "short", by(ACTIVE), NAME),
            Panel.of(Kind.LINES, "Queue over time", "short", by(QUEUE), NAME).coloured(WAITING),
            Panel.of(
                    Kind.STACKED,
                    "Restarts by reason",
                    "short",
                    grown(RESTARTS, "$__rate_interval", "reason"),
                    "{{reason}}")
                .wide(24),
            Panel.of(
                    Kind.TABLE,
                    "Status",
                    "short",
                    "max by (worker_name) (" + HEALTH + ")",
                    "health")
                .and(by(ACTIVE), "active")
                .and(by(QUEUE), "queue")
                .and(grown(RESTARTS, "$__range", "worker_name"), "restarts")
                .coloured(UP)));
  }
}
