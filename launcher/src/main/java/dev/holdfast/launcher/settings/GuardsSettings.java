package dev.holdfast.launcher.settings;

import dev.holdfast.guard.GuardSettings;
import dev.holdfast.guard.RetrySettings;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How calls to something outside are guarded, by the name of the guard.
 *
 * @param enabled whether breakers open and calls are retried; deadlines and places hold in any case
 * @param failures how many failures open a breaker, for all whose name says nothing; 0: as the
 *     preset says
 * @param openMs how long an opening lasts, likewise
 * @param attempts how often a repeatable call is tried in all, likewise
 * @param retries waits between attempts, by name
 * @param presets kinds of dependencies, by name
 * @param named the guards; one whose name begins with an entry's and a dash is of that entry
 */
public record GuardsSettings(
    boolean enabled,
    int failures,
    int openMs,
    int attempts,
    Map<String, RetryWaitSettings> retries,
    Map<String, GuardPresetSettings> presets,
    Map<String, NamedGuardSettings> named) {
  /** The preset of a guard that no entry names. */
  private static final NamedGuardSettings UNNAMED = NamedGuardSettings.of("external");

  public GuardsSettings {
    Ranges.between("failures", 0, GuardPresetSettings.CALLS_MAX, failures);
    Ranges.zeroOrBetween("openMs", 1_000, GuardPresetSettings.HOUR_MS, openMs);
    Ranges.between("attempts", 0, GuardPresetSettings.ATTEMPTS_MAX, attempts);
    retries = Collections.unmodifiableMap(new LinkedHashMap<>(retries));
    presets = Collections.unmodifiableMap(new LinkedHashMap<>(presets));
    named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
    for (Map.Entry<String, GuardPresetSettings> preset : presets.entrySet()) {
      known("presets." + preset.getKey() + ".retry", preset.getValue().retry(), retries);
    }
    for (Map.Entry<String, NamedGuardSettings> guard : named.entrySet()) {
      known("named." + guard.getKey() + ".preset", guard.getValue().preset(), presets);
    }
  }

  private static void known(String key, String name, Map<String, ?> names) {
    if (!names.containsKey(name)) {
      throw new IllegalArgumentException(
          "%s must be one of %s, got %s".formatted(key, names.keySet(), name));
    }
  }

  static GuardsSettings shipped() {
    Map<String, RetryWaitSettings> retries = new LinkedHashMap<>();
    retries.put("database", RetryWaitSettings.of(RetrySettings.DATABASE));
    retries.put("network", RetryWaitSettings.of(RetrySettings.NETWORK));
    retries.put("api", RetryWaitSettings.of(RetrySettings.API));
    retries.put("fast", RetryWaitSettings.of(RetrySettings.FAST));
    Map<String, GuardPresetSettings> presets = new LinkedHashMap<>();
    presets.put("database", GuardPresetSettings.of(GuardSettings.DATABASE, "database"));
    presets.put("external", GuardPresetSettings.of(GuardSettings.EXTERNAL, "api"));
    presets.put("ai", GuardPresetSettings.of(GuardSettings.AI, "api"));
    Map<String, NamedGuardSettings> named = new LinkedHashMap<>();
    named.put("payment-provider", NamedGuardSettings.of("external").room(128, 1_024));
    named.put("carriers", NamedGuardSettings.of("external").room(128, 1_024));
    named.put("carrier", NamedGuardSettings.of("external").room(128, 1_024));
    named.put("redis", NamedGuardSettings.of("database").room(64, 512));
    return new GuardsSettings(true, 0, 0, 0, retries, presets, named);
  }

  /** The settings of the guard of this name. */
  public GuardSettings of(String name) {
    return of(entry(name));
  }

  GuardSettings of(NamedGuardSettings own) {
    GuardPresetSettings preset = presets.get(own.preset());
    RetryWaitSettings retry = retries.get(preset.retry());
    int tries = enabled ? first(own.attempts(), attempts, retry.attempts()) : 1;
    int opensAt = enabled ? first(own.failures(), failures, preset.failures()) : Integer.MAX_VALUE;
    int open = first(own.openMs(), openMs, preset.openMs());
    return new GuardSettings(
        preset.breaker(opensAt, open),
        first(own.running(), preset.running()),
        first(own.waiting(), preset.waiting()),
        Duration.ofMillis(preset.attemptMs()),
        RetrySettings.of(tries, retry.baseMs(), retry.capMs()),
        GuardSettings.OUTAGES);
  }

  /** The entry of this name, or the one with the longest name before a dash in it. */
  private NamedGuardSettings entry(String name) {
    for (String part = name; ; part = part.substring(0, part.lastIndexOf('-'))) {
      NamedGuardSettings found = named.get(part);
      if (found != null || part.lastIndexOf('-') < 0) {
        return found == null ? UNNAMED : found;
      }
    }
  }

  private static int first(int... values) {
    for (int value : values) {
      if (value != 0) {
        return value;
      }
    }
    return 0;
  }

  /** The same with one guard of another preset. */
  public GuardsSettings with(String guard, String preset) {
    Map<String, NamedGuardSettings> changed = new LinkedHashMap<>(named);
    changed.computeIfPresent(guard, (name, old) -> old.like(preset));
    return new GuardsSettings(enabled, failures, openMs, attempts, retries, presets, changed);
  }

  /** The same with another preset of the name. */
  public GuardsSettings with(String preset, UnaryOperator<GuardPresetSettings> change) {
    Map<String, GuardPresetSettings> changed = new LinkedHashMap<>(presets);
    changed.computeIfPresent(preset, (name, old) -> change.apply(old));
    return new GuardsSettings(enabled, failures, openMs, attempts, retries, changed, named);
  }

  /** The same with other presets for all. */
  public GuardsSettings with(UnaryOperator<GuardPresetSettings> change) {
    Map<String, GuardPresetSettings> changed = new LinkedHashMap<>(presets);
    changed.replaceAll((name, preset) -> change.apply(preset));
    return new GuardsSettings(enabled, failures, openMs, attempts, retries, changed, named);
  }
}
