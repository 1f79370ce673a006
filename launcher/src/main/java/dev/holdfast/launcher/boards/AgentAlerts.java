package dev.holdfast.launcher.boards;

import static dev.holdfast.launcher.boards.AlertRule.minutes;

import dev.holdfast.alert.Severity;
import dev.holdfast.launcher.boards.AlertRule.Area;
import dev.holdfast.launcher.boards.AlertRule.Trial;
import java.util.List;
import java.util.Map;

/** Agents: whether they run, how they answer, what they keep. */
final class AgentAlerts {
  private AgentAlerts() {}

  static List<AlertRule> rules() {
    return List.of(
        workerUnhealthy(),
        multipleWorkersDown(),
        workerHighQueueDepth(),
        workerFrequentRestarts(),
        agentDown(),
        highErrorRate(),
        highErrorCount(),
        highTimeoutRate(),
        highLatencyP95(),
        highLatencyP99(),
        lowCacheHitRate(),
        highCacheEvictionRate());
  }

  private static AlertRule workerUnhealthy() {
    return new AlertRule(
        "WorkerUnhealthy",
        Area.WORKER,
        Severity.CRITICAL,
        "holdfast_worker_health_status == 0",
        minutes(1),
        "{{ $labels.worker_name }} does not run",
        new Trial(
            Map.of(
                "holdfast_worker_health_status{worker_name=\"order\",worker_type=\"agent\"}",
                "0x200"),
            Map.of(
                "holdfast_worker_health_status{worker_name=\"order\",worker_type=\"agent\"}",
                "1x200"),
            Map.of("worker_name", "order", "worker_type", "agent")));
  }

  private static AlertRule multipleWorkersDown() {
    return new AlertRule(
        "MultipleWorkersDown",
        Area.WORKER,
        Severity.CRITICAL,
        "count(holdfast_worker_health_status == 0) >= 2",
        minutes(2),
        "two agents or more do not run",
        new Trial(
            Map.of(
                "holdfast_worker_health_status{worker_name=\"order\"}",
                "0x200",
                "holdfast_worker_health_status{worker_name=\"fraud\"}",
                "0x200"),
            Map.of(
                "holdfast_worker_health_status{worker_name=\"order\"}",
                "0x200",
                "holdfast_worker_health_status{worker_name=\"fraud\"}",
                "1x200"),
            Map.of()));
  }

  private static AlertRule workerHighQueueDepth() {
    return new AlertRule(
        "WorkerHighQueueDepth",
        Area.WORKER,
        Severity.WARNING,
        "holdfast_worker_queue_size > 50",
        minutes(5),
        "more than 50 commands wait for {{ $labels.worker_name }}",
        new Trial(
            Map.of("holdfast_worker_queue_size{worker_name=\"order\"}", "51x200"),
            Map.of("holdfast_worker_queue_size{worker_name=\"order\"}", "50x200"),
            Map.of("worker_name", "order")));
  }

  private static AlertRule workerFrequentRestarts() {
    return new AlertRule(
        "WorkerFrequentRestarts",
        Area.WORKER,
        Severity.WARNING,
        "sum by (worker_name) (rate(holdfast_worker_restarts_total[15m])) > 0.1",
        minutes(0),
        "{{ $labels.worker_name }} is restarted again and again",
        new Trial(
            Map.of(
                "holdfast_worker_restarts_total{worker_name=\"order\",reason=\"uncaught_exception\"}",
                "0+4x200"),
            Map.of(
                "holdfast_worker_restarts_total{worker_name=\"order\",reason=\"uncaught_exception\"}",
                "0+2x200"),
            Map.of("worker_name", "order")));
  }

  private static AlertRule agentDown() {
    return new AlertRule(
        "AgentDown",
        Area.WORKER,
        Severity.CRITICAL,
        "up{job=\"multi-agent-ecommerce\"} == 0",
        minutes(2),
        "{{ $labels.instance }} does not answer Prometheus",
        new Trial(
            Map.of("up{job=\"multi-agent-ecommerce\",instance=\"127.0.0.1:8001\"}", "0x200"),
            Map.of("up{job=\"multi-agent-ecommerce\",instance=\"127.0.0.1:8001\"}", "1x200"),
            Map.of("job", "multi-agent-ecommerce", "instance", "127.0.0.1:8001")));
  }

  private static AlertRule highErrorRate() {
    return new AlertRule(
        "HighErrorRate",
        Area.REQUEST,
        Severity.ERROR,
        "sum(rate(holdfast_agent_requests_total{status=\"error\"}[5m])) / "
            + "sum(rate(holdfast_agent_requests_total[5m])) > 0.05",
        minutes(5),
        "more than 5 % of what agents are asked fails",
        new Trial(
            Map.of(
                "holdfast_agent_requests_total{agent_type=\"order\",status=\"error\"}",
                "0+6x200",
                "holdfast_agent_requests_total{agent_type=\"order\",status=\"success\"}",
                "0+94x200"),
            Map.of(
                "holdfast_agent_requests_total{agent_type=\"order\",status=\"error\"}",
                "0+5x200",
                "holdfast_agent_requests_total{agent_type=\"order\",status=\"success\"}",
                "0+95x200"),
            Map.of()));
  }

  private static AlertRule highErrorCount() {
    return new AlertRule(
        "HighErrorCount",
        Area.REQUEST,
        Severity.ERROR,
        "sum by (agent_id) (rate(errors_total[5m])) > 10",
        minutes(5),
        "{{ $labels.agent_id }} fails more than ten HTTP requests a second",
        new Trial(
            Map.of("errors_total{agent_id=\"api\"}", "0+330x200"),
            Map.of("errors_total{agent_id=\"api\"}", "0+300x200"),
            Map.of("agent_id", "api")));
  }

  private static AlertRule highTimeoutRate() {
    return new AlertRule(
        "HighTimeoutRate",
        Area.REQUEST,
        Severity.WARNING,
        "sum(rate(holdfast_agent_requests_total{status=\"timeout\"}[5m])) / "
            + "sum(rate(holdfast_agent_requests_total[5m])) > 0.02",
        minutes(5),
        "more than 2 % of what agents are asked is not answered in time",
        new Trial(
            Map.of(
                "holdfast_agent_requests_total{agent_type=\"order\",status=\"timeout\"}",
                "0+3x200",
                "holdfast_agent_requests_total{agent_type=\"order\",status=\"success\"}",
                "0+97x200"),
            Map.of(
                "holdfast_agent_requests_total{agent_type=\"order\",status=\"timeout\"}",
                "0+2x200",
                "holdfast_agent_requests_total{agent_type=\"order\",status=\"success\"}",
                "0+98x200"),
            Map.of()));
  }

  private static AlertRule highLatencyP95() {
    return new AlertRule(
        "HighLatencyP95",
        Area.REQUEST,
        Severity.WARNING,
        "histogram_quantile(0.95, sum by (le, agent_type) "
            + "(rate(holdfast_agent_request_duration_seconds_bucket[5m]))) > 10",
        minutes(10),
        "one in twenty answers of {{ $labels.agent_type }} takes more than 10 s",
        new Trial(
            Map.of(
                "holdfast_agent_request_duration_seconds_bucket{agent_type=\"order\",le=\"10\"}",
                "0x200",
                "holdfast_agent_request_duration_seconds_bucket{agent_type=\"order\",le=\"30\"}",
                "0+30x200",
                "holdfast_agent_request_duration_seconds_bucket{agent_type=\"order\",le=\"+Inf\"}",
                "0+30x200"),
            Map.of(
                "holdfast_agent_request_duration_seconds_bucket{agent_type=\"order\",le=\"10\"}",
                "0+30x200",
                "holdfast_agent_request_duration_seconds_bucket{agent_type=\"order\",le=\"30\"}",
                "0+30x200",
                "holdfast_agent_request_duration_seconds_bucket{agent_type=\"order\",le=\"+Inf\"}",
                "0+30x200"),
            Map.of("agent_type", "order")));
  }

  private static AlertRule highLatencyP99() {
    return new AlertRule(
        "HighLatencyP99",
        Area.REQUEST,
        Severity.ERROR,
        "histogram_quantile(0.99, sum by (le, agent_type) "
            + "(rate(holdfast_agent_request_duration_seconds_bucket[5m]))) > 30",
        minutes(10),
        "one in a hundred answers of {{ $labels.agent_type }} takes more than 30 s",
        new Trial(
            Map.of(
                "holdfast_agent_request_duration_seconds_bucket{agent_type=\"order\",le=\"30\"}",
                "0x200",
                "holdfast_agent_request_duration_seconds_bucket{agent_type=\"order\",le=\"60\"}",
                "0+30x200",
                "holdfast_agent_request_duration_seconds_bucket{agent_type=\"order\",le=\"+Inf\"}",
                "0+30x200"),
            Map.of(
                "holdfast_agent_request_duration_seconds_bucket{agent_type=\"order\",le=\"30\"}",
                "0+30x200",
                "holdfast_agent_request_duration_seconds_bucket{agent_type=\"order\",le=\"60\"}",
                "0+30x200",
                "holdfast_agent_request_duration_seconds_bucket{agent_type=\"order\",le=\"+Inf\"}",
                "0+30x200"),
            Map.of("agent_type", "order")));
  }

  private static AlertRule lowCacheHitRate() {
    return new AlertRule(
        "LowCacheHitRate",
        Area.CACHE,
        Severity.WARNING,
        "sum by (cache_type) (rate(holdfast_cache_hits_total[5m])) / (sum by "
            + "(cache_type) (rate(holdfast_cache_hits_total[5m])) + sum by (cache_type) "
            + "(rate(holdfast_cache_misses_total[5m]))) < 0.7",
        minutes(15),
        "the cache {{ $labels.cache_type }} finds less than 70 % of what is read",
        new Trial(
            Map.of(
                "holdfast_cache_hits_total{cache_type=\"tokens\"}",
                "0+60x200",
                "holdfast_cache_misses_total{cache_type=\"tokens\"}",
                "0+40x200"),
            Map.of(
                "holdfast_cache_hits_total{cache_type=\"tokens\"}",
                "0+80x200",
                "holdfast_cache_misses_total{cache_type=\"tokens\"}",
                "0+20x200"),
            Map.of("cache_type", "tokens")));
  }

  private static AlertRule highCacheEvictionRate() {
    return new AlertRule(
        "HighCacheEvictionRate",
        Area.CACHE,
        Severity.WARNING,
        "sum by (cache_type) (rate(holdfast_cache_evictions_total[5m])) > 10",
        minutes(5),
        "the cache {{ $labels.cache_type }} drops more than ten entries a second",
        new Trial(
            Map.of(
                "holdfast_cache_evictions_total{cache_type=\"tokens\",reason=\"size_limit\"}",
                "0+330x200"),
            Map.of(
                "holdfast_cache_evictions_total{cache_type=\"tokens\",reason=\"size_limit\"}",
                "0+300x200"),
            Map.of("cache_type", "tokens")));
  }
}
