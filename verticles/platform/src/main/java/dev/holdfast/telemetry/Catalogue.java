package dev.holdfast.telemetry;

/**
 * The platform's own meters, and four given ones; the other given names are {@link GivenMeter}'s. A
 * name that is in neither is not emitted by us.
 *
 * <p>The first four names are given by the requirements (E-122 … E-125) and carry the label {@code
 * agent_id} alone, so that {@code rate(errors_total[5m]) / rate(requests_total[5m])} finds its
 * partners. All others begin with {@code holdfast_} and count in base units.
 */
public enum Catalogue implements Meter {
  REQUESTS(Kind.COUNTER, "requests_total", "requests", "HTTP requests answered.", "agent_id"),
  ERRORS(
      Kind.COUNTER,
      "errors_total",
      "requests",
      "HTTP requests answered with a status of 500 or more, or not at all.",
      "agent_id"),
  ACTIVE_CONNECTIONS(
      Kind.GAUGE, "active_connections", "connections", "Open HTTP connections.", "agent_id"),
  REQUEST_DURATION(
      Kind.HISTOGRAM,
      "request_duration_ms",
      "milliseconds",
      "From the head of a request to the end of its answer.",
      Buckets.MILLISECONDS,
      "agent_id"),
  HTTP_RESPONSES(
      Kind.COUNTER,
      "holdfast_http_responses_total",
      "responses",
      "HTTP answers by route template and status.",
      "agent_id",
      "route",
      "status"),
  HTTP_ROUTE_SECONDS(
      Kind.COUNTER,
      "holdfast_http_route_seconds_total",
      "seconds",
      "Time that a route's requests took together.",
      "agent_id",
      "route"),
  OPERATION_DURATION(
      Kind.HISTOGRAM,
      "holdfast_operation_duration_seconds",
      "seconds",
      "Operations that are timed by their name.",
      Buckets.SECONDS,
      "layer",
      "operation"),

  FAILURES(
      Kind.COUNTER,
      "holdfast_failures_total",
      "failures",
      "Failures where they ended, by what they are; refusals included.",
      "agent",
      "category",
      "severity"),

  LANE_BATCH(
      Kind.HISTOGRAM,
      "holdfast_lane_batch_commands",
      "commands",
      "Commands that shared one transaction.",
      Buckets.BATCH,
      "agent"),
  LANE_FLUSH(
      Kind.HISTOGRAM,
      "holdfast_lane_flush_seconds",
      "seconds",
      "From the start of a batch's transaction to its commit.",
      Buckets.SECONDS,
      "agent"),
  LANE_WAITING(
      Kind.GAUGE, "holdfast_lane_waiting_commands", "commands", "Commands in queue.", "agent"),
  LANE_COMMANDS(
      Kind.COUNTER,
      "holdfast_lane_commands_total",
      "commands",
      "Commands by what became of them.",
      "agent",
      "outcome"),
  LANE_RERUNS(
      Kind.COUNTER,
      "holdfast_lane_reruns_total",
      "batches",
      "Batches run again, by cause.",
      "agent",
      "cause"),
  REPLIES(
      Kind.COUNTER,
      "holdfast_replies_total",
      "replies",
      "Replies given: recorded now, or recorded before and given again.",
      "agent",
      "kind"),

  OUTBOX_UNSENT(
      Kind.GAUGE, "holdfast_outbox_unsent_events", "events", "Committed events not yet sent."),
  OUTBOX_OLDEST(
      Kind.GAUGE, "holdfast_outbox_oldest_seconds", "seconds", "Age of the oldest unsent event."),
  OUTBOX_PUBLISHED(
      Kind.COUNTER,
      "holdfast_outbox_published_total",
      "events",
      "Events that the broker acknowledged.",
      "topic"),
  OUTBOX_FAILURES(
      Kind.COUNTER,
      "holdfast_outbox_failures_total",
      "failures",
      "Failed sends, each of which made a new producer."),
  EVENTS_CONSUMED(
      Kind.COUNTER,
      "holdfast_events_consumed_total",
      "events",
      "Events read from a topic, by what became of them.",
      "topic",
      "outcome"),

  DEAD_LETTERS(
      Kind.GAUGE, "holdfast_dead_letters", "messages", "Messages parked and not closed.", "agent"),
  DEAD_LETTER_ACTS(
      Kind.COUNTER,
      "holdfast_dead_letter_acts_total",
      "acts",
      "Messages parked, and what came of acts about them.",
      "agent",
      "act"),

  GUARD_STATE(
      Kind.GAUGE, "holdfast_guard_state", "state", "0 closed, 1 open, 2 half-open.", "guard"),
  GUARD_CALLS(
      Kind.FUNCTION_COUNTER,
      "holdfast_guard_calls_total",
      "calls",
      "Guarded attempts and refusals by outcome.",
      "guard",
      "outcome"),
  GUARD_RETRIES(
      Kind.FUNCTION_COUNTER,
      "holdfast_guard_retries_total",
      "attempts",
      "Attempts after the first.",
      "guard"),
  GUARD_OPENINGS(
      Kind.FUNCTION_COUNTER,
      "holdfast_guard_openings_total",
      "openings",
      "Times the breaker opened.",
      "guard"),
  GUARD_TRANSITIONS(
      Kind.FUNCTION_COUNTER,
      "holdfast_guard_transitions_total",
      "transitions",
      "Changes of the breaker's state, by hand too, by the state that it came to.",
      "guard",
      "to"),
  GUARD_ATTEMPTS(
      Kind.FUNCTION_COUNTER,
      "holdfast_guard_attempts_total",
      "attempts",
      "Attempts after the first, by their number: begun, and answered.",
      "guard",
      "attempt",
      "outcome"),
  GUARD_RUNNING(
      Kind.GAUGE, "holdfast_guard_running_calls", "calls", "Attempts under way.", "guard"),
  GUARD_WAITING(
      Kind.GAUGE, "holdfast_guard_waiting_calls", "calls", "Calls queued for a place.", "guard"),

  RESTARTS(
      Kind.COUNTER,
      "holdfast_supervisor_restarts_total",
      "restarts",
      "Restarts of supervised children.",
      "child",
      "reason"),
  CHILD_UP(
      Kind.GAUGE, "holdfast_supervisor_child_up", "state", "1 running, 0 not running.", "child"),
  INCIDENTS(
      Kind.COUNTER,
      "holdfast_supervisor_incidents_total",
      "incidents",
      "Faults of supervised children that came to an end.",
      "child",
      "outcome"),
  RUNGS(
      Kind.COUNTER,
      "holdfast_supervisor_rungs_total",
      "rungs",
      "Rungs of the ladder that were taken.",
      "child",
      "rung"),
  REACTIONS(
      Kind.COUNTER,
      "holdfast_reactions_total",
      "reactions",
      "Answers to signs of trouble that are no falls, by whether they helped.",
      "reaction",
      "outcome"),
  DETECTION(
      Kind.HISTOGRAM,
      "holdfast_supervisor_detection_seconds",
      "seconds",
      "From a fault to its detection.",
      Buckets.SECONDS,
      "child"),
  RECOVERY(
      Kind.HISTOGRAM,
      "holdfast_supervisor_recovery_seconds",
      "seconds",
      "From the first fault to the proof that the child is well.",
      Buckets.MINUTE,
      "child"),

  RUNS(
      Kind.COUNTER,
      "holdfast_runs_total",
      "runs",
      "Workflow runs that reached a stage.",
      "workflow",
      "stage"),
  TURNS(
      Kind.COUNTER,
      "holdfast_turns_total",
      "turns",
      "Changes of run rows that were committed.",
      "workflow"),
  RUNS_OPEN(Kind.GAUGE, "holdfast_runs_open", "runs", "Workflow runs not ended.", "workflow"),

  POOL_SIZE(Kind.GAUGE, "holdfast_pool_connections", "connections", "Connections held.", "pool"),
  POOL_IN_USE(
      Kind.GAUGE, "holdfast_pool_used_connections", "connections", "Connections lent.", "pool"),
  POOL_WAITING(
      Kind.GAUGE,
      "holdfast_pool_waiting_requests",
      "requests",
      "Waiting for a connection.",
      "pool"),
  POOL_CUTS(
      Kind.FUNCTION_COUNTER,
      "holdfast_pool_cuts_total",
      "connections",
      "Connections cut because a deadline passed or the server was gone.",
      "pool"),
  POOL_COMMITS_UNKNOWN(
      Kind.FUNCTION_COUNTER,
      "holdfast_pool_commits_unknown_total",
      "transactions",
      "Transactions whose COMMIT was not answered.",
      "pool"),
  POOL_STATEMENTS(
      Kind.FUNCTION_COUNTER,
      "holdfast_pool_statements_total",
      "statements",
      "Statements sent, BEGIN and COMMIT included.",
      "pool"),

  JOURNAL_UP(Kind.GAUGE, "holdfast_journal_up", "state", "1 when the journal takes intents."),
  JOURNAL_WAITING(
      Kind.GAUGE, "holdfast_journal_waiting_intents", "intents", "Intents not yet executed."),
  JOURNAL_OLDEST(
      Kind.GAUGE, "holdfast_journal_oldest_seconds", "seconds", "Age of the oldest of them."),
  JOURNAL_VALUE(
      Kind.GAUGE,
      "holdfast_journal_value_minor",
      "currency",
      "Their value in the smallest unit of the currency that has most of it."),
  JOURNAL_ACCEPTED(
      Kind.COUNTER,
      "holdfast_journal_accepted_total",
      "intents",
      "Intents that were written durably."),
  JOURNAL_ENDED(
      Kind.COUNTER,
      "holdfast_journal_ended_total",
      "intents",
      "Intents by what became of them.",
      "ending"),

  BUILD_INFO(
      Kind.GAUGE,
      "holdfast_build_info",
      "state",
      "Always 1; what runs here, and for what.",
      "version",
      "environment"),
  LEASE_HELD(
      Kind.GAUGE, "holdfast_lease_held", "state", "1 while this node's lease is its own, else 0."),
  CAPABILITY(
      Kind.GAUGE,
      "holdfast_capability_up",
      "state",
      "1 when what agents need answers, 0 when it is down.",
      "capability"),
  LEVEL(Kind.GAUGE, "holdfast_agent_level", "level", "0 full to 4 failed.", "agent"),
  PLATFORM_LEVEL(Kind.GAUGE, "holdfast_platform_level", "level", "0 full to 4 failed."),
  PLATFORM_LEVEL_SECONDS(
      Kind.GAUGE, "holdfast_platform_level_seconds", "seconds", "Time in the present level."),
  MODE(
      Kind.GAUGE,
      "holdfast_platform_mode",
      "mode",
      "0 normal, 1 degraded, 2 minimal, 3 emergency."),
  FEATURES_HEALTH(
      Kind.GAUGE,
      "holdfast_features_health_percent",
      "percent",
      "How much of all features is left."),
  LEVEL_CHANGES(
      Kind.COUNTER,
      "holdfast_platform_level_changes_total",
      "changes",
      "Changes of the platform's level, by the level it came to.",
      "level"),

  EVENT_FOLLOWERS(
      Kind.GAUGE,
      "holdfast_live_event_followers",
      "clients",
      "Clients that follow the live events, over WebSockets or server-sent events."),
  EVENTS_MISSED(
      Kind.COUNTER,
      "holdfast_live_events_missed_total",
      "events",
      "Live events that clients were too slow for, each client by itself."),
  TRACE_SPANS(
      Kind.COUNTER,
      "holdfast_trace_spans_total",
      "spans",
      "Ended spans, by what became of them; none while nothing is traced.",
      "outcome"),
  ALERTS_ACTIVE(
      Kind.GAUGE, "holdfast_alerts_active", "alerts", "Alerts that have not ended.", "severity"),
  ALERTS_RAISED(Kind.COUNTER, "holdfast_alerts_total", "alerts", "Alerts that began.", "condition"),
  ALERTS_UNWRITTEN(
      Kind.GAUGE,
      "holdfast_alerts_unwritten",
      "states",
      "States of alerts and deliveries that wait for the database."),
  ALERT_DELIVERIES(
      Kind.COUNTER,
      "holdfast_alert_deliveries_total",
      "attempts",
      "Attempts to tell a receiver of an alert, by how the delivery stood afterwards.",
      "handler",
      "state"),
  ALERT_DELIVERIES_WAITING(
      Kind.GAUGE,
      "holdfast_alert_deliveries_waiting",
      "deliveries",
      "What waits to be told to a receiver.",
      "handler"),

  DISK_FREE(Kind.GAUGE, "holdfast_disk_free_bytes", "bytes", "Free where the data folder is."),
  DISK_SIZE(Kind.GAUGE, "holdfast_disk_size_bytes", "bytes", "Size of that file system.");

  // A list that nobody can change, which the checker can't see.
  @SuppressWarnings("Immutable")
  private final Shape shape;

  Catalogue(Kind kind, String title, String unit, String help, String... labels) {
    this(kind, title, unit, help, new double[0], labels);
  }

  Catalogue(Kind kind, String title, String unit, String help, double[] buckets, String... labels) {
    this.shape = Shape.of(kind, title, unit, help, buckets, labels);
  }

  @Override
  public Shape shape() {
    return shape;
  }
}
