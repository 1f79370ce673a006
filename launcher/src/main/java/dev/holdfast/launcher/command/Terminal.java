package dev.holdfast.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person looks at the output, or a file or another program takes it. */
final class Terminal {
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  private Terminal() {}

  /**
   * Whether the standard output is a terminal. Where the system does not tell (no {@code /proc}),
   * it is one when Java has a console.
   */
  @SuppressWarnings("SystemConsoleNull") // on 22 and later it is asked only where there is no /proc
  static boolean isWatched() {
    try {
      if (Files.exists(STANDARD_OUTPUT)) {
        String target = STANDARD_OUTPUT.toRealPath().toString();
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
      }
    } catch (IOException hidden) {
      return false;
    }
    return System.console() != null;
  }
}
