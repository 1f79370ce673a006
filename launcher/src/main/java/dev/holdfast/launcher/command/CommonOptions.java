package dev.holdfast.launcher.command;

import dev.holdfast.launcher.process.Complaint;
import dev.holdfast.launcher.process.PlatformFile;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.launcher.settings.SettingsReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that every command takes, and the settings that follow from them. */
final class CommonOptions {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "The data folder (default: HOLDFAST_DATA, or var/ in the checkout).")
  private Path data;

  @Option(
      names = "--port-offset",
      paramLabel = "N",
      description = "Added to every port, so that platforms run side by side.")
  private Integer portOffset;

  /** The checkout that the process runs from. */
  Path home() {
    String home = System.getProperty("holdfast.home");
    if (home == null) {
      throw new Complaint("the system property holdfast.home does not name the checkout");
    }
    return Path.of(home).toAbsolutePath();
  }

  /** The platform that runs on the data folder. */
  PlatformFile running() {
    return PlatformFile.require(settings().data().folder());
  }

  /** All settings: file, then environment, then these options. */
  Settings settings() {
    Map<String, String> arguments = new LinkedHashMap<>();
    if (data != null) {
      arguments.put("data.folder", data.toString());
    }
    if (portOffset != null) {
      arguments.put("http.portOffset", portOffset.toString());
    }
    Path workingDirectory = Path.of("").toAbsolutePath();
    return new SettingsReader(home(), workingDirectory, System.getenv()).read(arguments);
  }
}
