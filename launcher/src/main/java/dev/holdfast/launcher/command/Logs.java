package dev.holdfast.launcher.command;

import java.nio.file.Path;

/** Where the process's own log goes. */
final class Logs {
  private Logs() {}

  /** To be called before anything logs: the log's configuration reads the place when it loads. */
  static void into(Path dataFolder) {
    System.setProperty("holdfast.log", dataFolder.resolve("holdfast.log").toString());
  }
}
