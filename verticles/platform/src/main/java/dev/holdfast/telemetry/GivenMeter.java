package dev.holdfast.telemetry;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Meters whose names and labels the requirements give (E-127 … E-164), so that boards and rules
 * made for those names find them. What they show is seen in the same places as {@link Catalogue}.
 */
public enum GivenMeter implements Meter {
  EVENTS_RECEIVED(Kind.COUNTER, "events_received_total", "events", "Events posted and taken in."),
  EVENTS_FAILED(Kind.COUNTER, "events_failed_total", "events", "Events posted and refused."),
  WEBSOCKETS(
      Kind.GAUGE, "websocket_connections_active", "connections", "WebSockets that are open."),
  WEBSOCKETS_OPENED(
      Kind.COUNTER, "websocket_connections_total", "connections", "WebSockets that were opened."),
  WEBSOCKETS_CLOSED(
      Kind.COUNTER,
      "websocket_disconnections_total",
      "connections",
      "WebSockets that were closed."),
  HTTP_REQUESTS(Kind.COUNTER, "http_requests_total", "requests", "HTTP requests to any listener."),
  HTTP_REQUESTS_BY_PATH(
      Kind.COUNTER,
      "http_requests_by_path_total",
      "requests",
      "The same by the template of their route.",
      "path"),
  SERVER_UPTIME(Kind.GAUGE, "server_uptime_seconds", "seconds", "Time since the process started."),

  AGENT_REQUESTS(
      Kind.COUNTER,
      "holdfast_agent_requests_total",
      "requests",
      "Commands and questions by how they ended; a refusal is an answer.",
      "agent_type",
      "status"),
  AGENT_REQUEST_DURATION(
      Kind.HISTOGRAM,
      "holdfast_agent_request_duration_seconds",
      "seconds",
      "From an ask's arrival at its agent to the answer.",
      Buckets.ASK_SECONDS,
      "agent_type"),
  AGENT_REQUEST_SIZE(
      Kind.HISTOGRAM,
      "holdfast_agent_request_size_bytes",
      "bytes",
      "Bodies of HTTP requests, by the listener they came to.",
      Buckets.BYTES,
      "agent_type"),
  AGENT_RESPONSE_SIZE(
      Kind.HISTOGRAM,
      "holdfast_agent_response_size_bytes",
      "bytes",
      "Bodies of HTTP answers, by the listener that gave them.",
      Buckets.BYTES,
      "agent_type"),

  CACHE_HITS(
      Kind.COUNTER, "holdfast_cache_hits_total", "reads", "Reads that found it.", "cache_type"),
  CACHE_MISSES(
      Kind.COUNTER,
      "holdfast_cache_misses_total",
      "reads",
      "Reads that did not find it.",
      "cache_type"),
  CACHE_SIZE(
      Kind.GAUGE, "holdfast_cache_size_entries", "entries", "Entries that are kept.", "cache_type"),
  CACHE_EVICTIONS(
      Kind.COUNTER,
      "holdfast_cache_evictions_total",
      "entries",
      "Entries that were dropped, by reason.",
      "cache_type",
      "reason"),

  BUS_MESSAGES(
      Kind.COUNTER,
      "holdfast_message_bus_messages_total",
      "messages",
      "Asks that reached an agent; high are those that pass what stands parked before them.",
      "topic",
      "priority"),
  BUS_QUEUE_DEPTH(
      Kind.GAUGE,
      "holdfast_message_bus_queue_depth",
      "messages",
      "Asks that wait in an agent's lane.",
      "topic"),
  BUS_PROCESSING(
      Kind.HISTOGRAM,
      "holdfast_message_bus_processing_time_seconds",
      "seconds",
      "From an ask's arrival at its agent to the answer.",
      Buckets.STORE_SECONDS,
      "topic"),

  WORKER_HEALTH(
      Kind.GAUGE,
      "holdfast_worker_health_status",
      "state",
      "1 running, 0 not running.",
      "worker_name",
      "worker_type"),
  WORKER_ACTIVE(
      Kind.GAUGE,
      "holdfast_worker_active_requests",
      "requests",
      "Asks taken in and not answered.",
      "worker_name"),
  WORKER_QUEUE(
      Kind.GAUGE,
      "holdfast_worker_queue_size",
      "requests",
      "Asks that wait in its lane.",
      "worker_name"),
  WORKER_RESTARTS(
      Kind.FUNCTION_COUNTER,
      "holdfast_worker_restarts_total",
      "restarts",
      "Times it was started anew, by reason.",
      "worker_name",
      "reason"),

  RETRY_ATTEMPTS(
      Kind.FUNCTION_COUNTER,
      "holdfast_retry_attempts_total",
      "attempts",
      "Attempts after the first, by their number; agent_type is the guard they pass.",
      "agent_type",
      "attempt_number"),
  RETRY_SUCCESS(
      Kind.FUNCTION_COUNTER,
      "holdfast_retry_success_total",
      "attempts",
      "Those of them that were answered.",
      "agent_type",
      "attempt_number"),
  BREAKER_STATE(
      Kind.GAUGE,
      "holdfast_circuit_breaker_state",
      "state",
      "0 closed, 1 open, 2 half-open.",
      "breaker_name"),
  BREAKER_TRANSITIONS(
      Kind.FUNCTION_COUNTER,
      "holdfast_circuit_breaker_transitions_total",
      "transitions",
      "Changes of a breaker's state, by hand too.",
      "breaker_name",
      "from_state",
      "to_state"),
  DEAD_LETTER_QUEUE(
      Kind.GAUGE,
      "holdfast_dead_letter_queue_size",
      "messages",
      "Messages parked and not closed.",
      "agent_type"),
  DEAD_LETTER_REPLAYS(
      Kind.FUNCTION_COUNTER,
      "holdfast_dead_letter_replay_total",
      "messages",
      "Replays by whether they got through.",
      "agent_type",
      "success"),

  DATABASE_OPERATIONS(
      Kind.COUNTER,
      "holdfast_database_operations_total",
      "statements",
      "Statements answered, by what they do first to which table.",
      "operation",
      "table"),
  DATABASE_DURATION(
      Kind.HISTOGRAM,
      "holdfast_database_operation_duration_seconds",
      "seconds",
      "From sending a statement to its answer, those pipelined before it included.",
      Buckets.STORE_SECONDS,
      "operation"),
  DATABASE_POOL(
      Kind.GAUGE,
      "holdfast_database_pool_size",
      "connections",
      "Connections that a pool holds.",
      "database"),
  DATABASE_ERRORS(
      Kind.COUNTER,
      "holdfast_database_errors_total",
      "errors",
      "Failures by SQLSTATE, or by the outage they mean.",
      "error_type"),

  SESSIONS(
      Kind.GAUGE,
      "holdfast_active_sessions",
      "sessions",
      "Tokens in use: from the first request to the expiry or 30 idle minutes.",
      "user_type"),
  SESSION_DURATION(
      Kind.HISTOGRAM,
      "holdfast_session_duration_seconds",
      "seconds",
      "From a session's first request to its last.",
      Buckets.SESSION_SECONDS),
  SESSION_MESSAGES(
      Kind.COUNTER,
      "holdfast_session_messages_total",
      "requests",
      "Requests of sessions by the caller's role.",
      "session_type"),
  SESSION_CLEANUPS(
      Kind.COUNTER,
      "holdfast_session_cleanup_total",
      "sessions",
      "Sessions that ended, by reason.",
      "reason");

  /** What the observability listener shows of itself, and of the process. */
  public static final Set<GivenMeter> OBSERVABILITY =
      Collections.unmodifiableSet(EnumSet.range(EVENTS_RECEIVED, SERVER_UPTIME));

  // A list that nobody can change, which the checker can't see.
  @SuppressWarnings("Immutable")
  private final Shape shape;

  GivenMeter(Kind kind, String title, String unit, String help, String... labels) {
    this(kind, title, unit, help, new double[0], labels);
  }

  GivenMeter(
      Kind kind, String title, String unit, String help, double[] buckets, String... labels) {
    this.shape = Shape.of(kind, title, unit, help, buckets, labels);
  }

  @Override
  public Shape shape() {
    return shape;
  }
}
