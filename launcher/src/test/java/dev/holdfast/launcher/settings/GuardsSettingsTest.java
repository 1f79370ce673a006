package dev.holdfast.launcher.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.guard.GuardSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators say of guards becomes the settings of each, by its name. */
class GuardsSettingsTest {
  private final GuardsSettings shipped = GuardsSettings.shipped();

  @TempDir Path checkout;

  @Tag("E-004")
  @Test
  void the_presets_are_those_of_the_requirements() {
    assertPreset("database", 5, 30);
    assertPreset("external", 10, 60);
    assertPreset("ai", 3, 90);
  }

  private void assertPreset(String name, int failures, int openSeconds) {
    GuardPresetSettings preset = shipped.presets().get(name);
    assertEquals(failures, preset.failures());
    assertEquals(openSeconds * 1_000, preset.openMs());
  }

  @Test
  void the_file_says_what_the_code_has() {
    NamedGuardSettings ai = NamedGuardSettings.of("ai");
    assertEquals(GuardSettings.AI, shipped.of(ai));
    assertEquals(GuardSettings.DATABASE, shipped.of(NamedGuardSettings.of("database")));
  }

  @Test
  void a_name_that_nobody_lists_is_an_external_partner() {
    assertEquals(GuardSettings.EXTERNAL, shipped.of("somebody"));
  }

  @Tag("E-009")
  @Test
  void each_carrier_has_the_settings_of_the_entry_that_its_name_begins_with() {
    assertEquals(GuardSettings.EXTERNAL.room(128, 1_024), shipped.of("carrier-express-2"));
    assertEquals(GuardSettings.EXTERNAL.room(128, 1_024), shipped.of("payment-provider"));
    assertEquals(GuardSettings.EXTERNAL, shipped.of("carrierless"));
  }

  @Tag("E-023")
  @Tag("E-257")
  @Test
  void one_guard_is_changed_by_its_name() {
    GuardsSettings read = read(Map.of("HOLDFAST_GUARDS_NAMED_PAYMENT_PROVIDER_FAILURES", "3"));
    assertEquals(3, read.of("payment-provider").breaker().trip().failures());
    assertEquals(10, read.of("carriers").breaker().trip().failures());
  }

  @Tag("E-261")
  @Tag("E-262")
  @Tag("E-263")
  @Test
  void the_environment_changes_all_guards_that_say_nothing_of_their_own() {
    GuardsSettings read =
        read(
            Map.of(
                "CIRCUIT_BREAKER_THRESHOLD", "7",
                "RECOVERY_TIMEOUT", "400000",
                "RETRY_MAX_ATTEMPTS", "2",
                "HOLDFAST_GUARDS_NAMED_CARRIERS_FAILURES", "4"));
    GuardSettings payments = read.of("payment-provider");
    assertEquals(7, payments.breaker().trip().failures());
    assertEquals(Duration.ofSeconds(400), payments.breaker().opening().first());
    assertEquals(Duration.ofSeconds(400), payments.breaker().opening().max());
    assertEquals(2, payments.retry().attempts());
    assertEquals(4, read.of("carriers").breaker().trip().failures());
  }

  @Tag("E-260")
  @Test
  void switched_off_nothing_opens_and_nothing_is_retried() {
    GuardSettings off = read(Map.of("ERROR_HANDLING_ENABLED", "false")).of("payment-provider");
    assertEquals(Integer.MAX_VALUE, off.breaker().trip().failures());
    assertEquals(1, off.retry().attempts());
    assertEquals(128, off.running());
  }

  @Test
  void a_preset_or_retry_that_nobody_knows_is_refused_with_its_key() {
    String sentence = refusal(Map.of("HOLDFAST_GUARDS_NAMED_CARRIERS_PRESET", "partner"));
    assertTrue(sentence.startsWith("guards.named.carriers.preset must be one of ["), sentence);
    sentence = refusal(Map.of("HOLDFAST_GUARDS_PRESETS_AI_RETRY", "slow"));
    assertTrue(sentence.startsWith("guards.presets.ai.retry must be one of ["), sentence);
    sentence = refusal(Map.of("RECOVERY_TIMEOUT", "60"));
    assertTrue(sentence.startsWith("guards.openMs must be 1000 to"), sentence);
  }

  @Tag("E-039")
  @Test
  void an_agents_timeout_is_longer_than_the_networks_and_none_is_without_sense() {
    String sentence = refusal(Map.of("HOLDFAST_TIMEOUTS_NAMED_AGENT", "2000"));
    assertTrue(sentence.startsWith("timeouts.named.agent must be 2001 to"), sentence);
    sentence = refusal(Map.of("HOLDFAST_TIMEOUTS_NAMED_NETWORK", "0"));
    assertTrue(sentence.startsWith("timeouts.named.network must be 1 to"), sentence);
    sentence = refusal(Map.of("HOLDFAST_TIMEOUTS_NAMED_MANAGEMENT", "60001"));
    assertTrue(sentence.startsWith("timeouts.named.management must be 1 to"), sentence);
  }

  private GuardsSettings read(Map<String, String> environment) {
    return new SettingsReader(checkout, checkout, environment).read(Map.of()).guards();
  }

  private String refusal(Map<String, String> environment) {
    return assertThrows(SettingsException.class, () -> read(environment)).getMessage();
  }
}
