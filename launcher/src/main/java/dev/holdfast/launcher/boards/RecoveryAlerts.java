package dev.holdfast.launcher.boards;

import static dev.holdfast.launcher.boards.AlertRule.minutes;

import dev.holdfast.alert.Severity;
import dev.holdfast.launcher.boards.AlertRule.Area;
import dev.holdfast.launcher.boards.AlertRule.Trial;
import java.util.List;
import java.util.Map;

/** What heals: breakers, retries, dead letters. */
final class RecoveryAlerts {
  private RecoveryAlerts() {}

  static List<AlertRule> rules() {
    return List.of(
        circuitBreakerOpen(),
        circuitBreakerFlapping(),
        lowRetrySuccessRate(),
        excessiveRetryAttempts(),
        deadLetterQueueGrowing(),
        deadLetterQueueCritical(),
        highDlqReplayFailureRate());
  }

  private static AlertRule circuitBreakerOpen() {
    return new AlertRule(
        "CircuitBreakerOpen",
        Area.BREAKER,
        Severity.ERROR,
        "holdfast_circuit_breaker_state == 1",
        minutes(2),
        "the breaker {{ $labels.breaker_name }} is open",
        new Trial(
            Map.of("holdfast_circuit_breaker_state{breaker_name=\"carriers\"}", "1x200"),
            Map.of("holdfast_circuit_breaker_state{breaker_name=\"carriers\"}", "2x200"),
            Map.of("breaker_name", "carriers")));
  }

  private static AlertRule circuitBreakerFlapping() {
    return new AlertRule(
        "CircuitBreakerFlapping",
        Area.BREAKER,
        Severity.WARNING,
        "sum by (breaker_name) " + "(rate(holdfast_circuit_breaker_transitions_total[5m])) > 0.5",
        minutes(5),
        "the breaker {{ $labels.breaker_name }} changes more than every two seconds",
        new Trial(
            Map.of(
                "holdfast_circuit_breaker_transitions_total{breaker_name=\"carriers\",from_state=\"closed\",to_state=\"open\"}",
                "0+16x200"),
            Map.of(
                "holdfast_circuit_breaker_transitions_total{breaker_name=\"carriers\",from_state=\"closed\",to_state=\"open\"}",
                "0+15x200"),
            Map.of("breaker_name", "carriers")));
  }

  private static AlertRule lowRetrySuccessRate() {
    return new AlertRule(
        "LowRetrySuccessRate",
        Area.BREAKER,
        Severity.WARNING,
        "sum by (agent_type) (rate(holdfast_retry_success_total[5m])) / sum by "
            + "(agent_type) (rate(holdfast_retry_attempts_total[5m])) < 0.5",
        minutes(20),
        "less than half of the retries to {{ $labels.agent_type }} succeed",
        new Trial(
            Map.of(
                "holdfast_retry_success_total{agent_type=\"carriers\",attempt_number=\"2\"}",
                "0+4x200",
                "holdfast_retry_attempts_total{agent_type=\"carriers\",attempt_number=\"2\"}",
                "0+10x200"),
            Map.of(
                "holdfast_retry_success_total{agent_type=\"carriers\",attempt_number=\"2\"}",
                "0+6x200",
                "holdfast_retry_attempts_total{agent_type=\"carriers\",attempt_number=\"2\"}",
                "0+10x200"),
            Map.of("agent_type", "carriers")));
  }

  private static AlertRule excessiveRetryAttempts() {
    return new AlertRule(
        "ExcessiveRetryAttempts",
        Area.BREAKER,
        Severity.WARNING,
        "sum by (agent_type) (rate(holdfast_retry_attempts_total[5m])) > 10",
        minutes(10),
        "more than ten retries a second to {{ $labels.agent_type }}",
        new Trial(
            Map.of(
                "holdfast_retry_attempts_total{agent_type=\"carriers\",attempt_number=\"2\"}",
                "0+330x200"),
            Map.of(
                "holdfast_retry_attempts_total{agent_type=\"carriers\",attempt_number=\"2\"}",
                "0+300x200"),
            Map.of("agent_type", "carriers")));
  }

  private static AlertRule deadLetterQueueGrowing() {
    return new AlertRule(
        "DeadLetterQueueGrowing",
        Area.DEADLETTER,
        Severity.WARNING,
        "holdfast_dead_letter_queue_size > 50",
        minutes(5),
        "more than 50 messages of {{ $labels.agent_type }} are parked",
        new Trial(
            Map.of("holdfast_dead_letter_queue_size{agent_type=\"order\"}", "51x200"),
            Map.of("holdfast_dead_letter_queue_size{agent_type=\"order\"}", "50x200"),
            Map.of("agent_type", "order")));
  }

  private static AlertRule deadLetterQueueCritical() {
    return new AlertRule(
        "DeadLetterQueueCritical",
        Area.DEADLETTER,
        Severity.CRITICAL,
        "holdfast_dead_letter_queue_size > 200",
        minutes(5),
        "more than 200 messages of {{ $labels.agent_type }} are parked",
        new Trial(
            Map.of("holdfast_dead_letter_queue_size{agent_type=\"order\"}", "201x200"),
            Map.of("holdfast_dead_letter_queue_size{agent_type=\"order\"}", "200x200"),
            Map.of("agent_type", "order")));
  }

  private static AlertRule highDlqReplayFailureRate() {
    return new AlertRule(
        "HighDLQReplayFailureRate",
        Area.DEADLETTER,
        Severity.WARNING,
        "sum by (agent_type) "
            + "(rate(holdfast_dead_letter_replay_total{success=\"false\"}[15m])) / sum by "
            + "(agent_type) (rate(holdfast_dead_letter_replay_total[15m])) > 0.5",
        minutes(5),
        "more than half of the replays of {{ $labels.agent_type }} fail",
        new Trial(
            Map.of(
                "holdfast_dead_letter_replay_total{agent_type=\"order\",success=\"false\"}",
                "0+6x200",
                "holdfast_dead_letter_replay_total{agent_type=\"order\",success=\"true\"}",
                "0+4x200"),
            Map.of(
                "holdfast_dead_letter_replay_total{agent_type=\"order\",success=\"false\"}",
                "0+4x200",
                "holdfast_dead_letter_replay_total{agent_type=\"order\",success=\"true\"}",
                "0+6x200"),
            Map.of("agent_type", "order")));
  }
}
