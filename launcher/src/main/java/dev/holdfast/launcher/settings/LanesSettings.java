package dev.holdfast.launcher.settings;

/**
 * How commands are executed.
 *
 * @param chained whether consecutive steps of a run share a transaction when their agents are in
 *     the same process
 */
public record LanesSettings(boolean chained) {
  static LanesSettings shipped() {
    return new LanesSettings(true);
  }
}
