package dev.holdfast.launcher.settings;

/**
 * One guard by its name; a 0 leaves what the preset says.
 *
 * @param preset the kind of its dependency
 * @param failures how many failures in the window open the breaker
 * @param openMs how long the first opening lasts
 * @param attempts how often a repeatable call is tried in all
 * @param running how many attempts may be under way
 * @param waiting how many calls may wait for a place
 */
public record NamedGuardSettings(
    String preset, int failures, int openMs, int attempts, int running, int waiting) {
  public NamedGuardSettings {
    Ranges.between("failures", 0, GuardPresetSettings.CALLS_MAX, failures);
    Ranges.between("openMs", 0, GuardPresetSettings.HOUR_MS, openMs);
    Ranges.between("attempts", 0, GuardPresetSettings.ATTEMPTS_MAX, attempts);
    Ranges.between("running", 0, GuardPresetSettings.CALLS_MAX, running);
    Ranges.between("waiting", 0, GuardPresetSettings.CALLS_MAX, waiting);
  }

  static NamedGuardSettings of(String preset) {
    return new NamedGuardSettings(preset, 0, 0, 0, 0, 0);
  }

  NamedGuardSettings like(String other) {
    return new NamedGuardSettings(other, failures, openMs, attempts, running, waiting);
  }

  NamedGuardSettings room(int attemptsRunning, int callsWaiting) {
    return new NamedGuardSettings(
        preset, failures, openMs, attempts, attemptsRunning, callsWaiting);
  }
}
