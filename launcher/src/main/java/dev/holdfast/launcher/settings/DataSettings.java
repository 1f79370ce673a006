package dev.holdfast.launcher.settings;

import java.nio.file.Path;

/**
 * Where the process keeps what must survive it.
 *
 * @param folder the data folder; in the configuration file relative to the checkout, elsewhere to
 *     the working directory
 */
public record DataSettings(Path folder) {
  static DataSettings shipped() {
    return new DataSettings(Path.of("var"));
  }
}
