package dev.holdfast.launcher.settings;

/**
 * How the log is written.
 *
 * @param format how each line looks
 */
public record LogsSettings(Format format) {

  /** How a line looks. */
  public enum Format {
    /** ECS in production, else text. */
    BY_PROFILE,
    /** Elastic Common Schema: a JSON object a line. */
    ECS,
    /** For people. */
    TEXT
  }

  static LogsSettings shipped() {
    return new LogsSettings(Format.BY_PROFILE);
  }

  /** Whether a process of this profile writes JSON. */
  public boolean areJson(Profile profile) {
    return format == Format.ECS || (format == Format.BY_PROFILE && profile == Profile.PRODUCTION);
  }
}
