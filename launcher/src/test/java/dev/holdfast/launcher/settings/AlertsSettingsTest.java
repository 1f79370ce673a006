package dev.holdfast.launcher.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.alert.Condition;
import dev.holdfast.alert.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AlertsSettingsTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("holdfast.home"));

  private static AlertsSettings read(Map<String, String> environment) {
    return new SettingsReader(CHECKOUT, CHECKOUT, environment).read(Map.of()).alerts();
  }

  @Test
  @Tag("E-182")
  @Tag("E-183")
  void thresholds_times_and_receivers_are_settings() {
    AlertsSettings alerts =
        read(
            Map.of(
                "HOLDFAST_ALERTS_CONDITIONS_HIGH_ERROR_RATE_THRESHOLD", "7",
                "HOLDFAST_ALERTS_CONDITIONS_HIGH_ERROR_RATE_HOLD_MS", "2000",
                "HOLDFAST_ALERTS_CONDITIONS_KAFKA_DOWN_SEVERITY", "critical",
                "HOLDFAST_ALERTS_SLACK_URL", "https://hooks.slack.example/services/T/B/x"));
    Condition errors = alerts.policy().conditions().get("HighErrorRate");
    assertEquals(7, errors.threshold());
    assertEquals(Duration.ofSeconds(2), errors.hold());
    assertEquals(Severity.WARNING, errors.severity());
    assertEquals(Severity.CRITICAL, alerts.policy().conditions().get("KafkaDown").severity());
    assertTrue(alerts.slack().isGiven());
    assertFalse(alerts.pagerduty().isGiven());
    assertFalse(alerts.webhook().isGiven());
  }

  @Test
  void five_percent_of_failures_are_the_shipped_threshold() {
    Condition errors = AlertsSettings.shipped().policy().conditions().get("HighErrorRate");
    assertEquals(5, errors.threshold());
    assertEquals(Severity.WARNING, errors.severity());
  }

  @Test
  void an_address_that_is_none_and_a_webhook_without_a_secret_are_refused_and_not_shown() {
    SettingsException wrong =
        assertThrows(
            SettingsException.class,
            () -> read(Map.of("HOLDFAST_ALERTS_SLACK_URL", "hooks.slack.example/hidden")));
    assertTrue(String.valueOf(wrong.getMessage()).startsWith("alerts.slack.url"));
    assertFalse(String.valueOf(wrong.getMessage()).contains("hidden"));
    SettingsException unsigned =
        assertThrows(
            SettingsException.class,
            () -> read(Map.of("HOLDFAST_ALERTS_WEBHOOK_URL", "http://127.0.0.1/hidden")));
    assertTrue(String.valueOf(unsigned.getMessage()).startsWith("alerts.webhook.secret"));
    assertFalse(String.valueOf(unsigned.getMessage()).contains("hidden"));
  }

  @Test
  void addresses_and_keys_print_as_stars() {
    AlertsSettings alerts =
        read(
            Map.of(
                "HOLDFAST_ALERTS_SLACK_URL", "https://hooks.slack.example/hidden",
                "HOLDFAST_ALERTS_PAGERDUTY_ROUTING_KEY", "hidden",
                "HOLDFAST_ALERTS_WEBHOOK_URL", "https://here.example/hidden",
                "HOLDFAST_ALERTS_WEBHOOK_SECRET", "hidden and long enough"));
    assertFalse(alerts.toString().contains("hidden"), alerts.toString());
  }
}
