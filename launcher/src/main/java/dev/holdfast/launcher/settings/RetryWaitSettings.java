package dev.holdfast.launcher.settings;

import dev.holdfast.guard.RetrySettings;

/**
 * How a call is tried again.
 *
 * @param attempts how often in all, 1 to 10
 * @param baseMs the bound of the first wait; it doubles with each failure
 * @param capMs what no wait passes
 */
public record RetryWaitSettings(int attempts, int baseMs, int capMs) {
  public RetryWaitSettings {
    Ranges.between("attempts", 1, GuardPresetSettings.ATTEMPTS_MAX, attempts);
    Ranges.between("baseMs", 1, GuardPresetSettings.HOUR_MS, baseMs);
    Ranges.between("capMs", baseMs, GuardPresetSettings.HOUR_MS, capMs);
  }

  /** As the code has it. */
  static RetryWaitSettings of(RetrySettings settings) {
    return new RetryWaitSettings(
        settings.attempts(),
        (int) settings.backoff().base().toMillis(),
        (int) settings.backoff().cap().toMillis());
  }
}
