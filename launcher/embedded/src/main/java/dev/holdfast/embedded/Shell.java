package dev.holdfast.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Small external programs, and how a child is set apart from our terminal. */
final class Shell {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final boolean SESSIONS = succeeds("setsid", "true");

  private Shell() {}

  /** Whether the command ends with 0 within ten seconds. */
  static boolean succeeds(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
      return false;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The command in a session of its own where the system can do that; the process id stays. */
  static List<String> apart(List<String> command) {
    List<String> whole = new ArrayList<>();
    if (SESSIONS) {
      whole.add("setsid");
    }
    whole.addAll(command);
    return whole;
  }
}
