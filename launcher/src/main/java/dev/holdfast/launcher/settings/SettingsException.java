package dev.holdfast.launcher.settings;

/** Settings that cannot be used; the message is one sentence that names the key and its source. */
public final class SettingsException extends RuntimeException {
  SettingsException(String message) {
    super(message);
  }

  SettingsException(String message, Throwable cause) {
    super(message, cause);
  }
}
