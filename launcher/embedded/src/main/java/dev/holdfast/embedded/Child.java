package dev.holdfast.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A child process that ends when its standard input does. We hold the only writing end, so the
 * system closes it when we are killed.
 *
 * @param process the process
 * @param log where it writes
 */
record Child(Process process, Path log) {
  private static final long LOG_BYTES_MAX = 16L << 20;

  /** Starts the command in a session of its own, its output appended to the log. */
  static Child start(List<String> command, Path log) throws IOException {
    turnOver(log);
    return new Child(
        new ProcessBuilder(Shell.apart(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start(),
        log);
  }

  private static void turnOver(Path log) throws IOException {
    if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
      Path former = log.resolveSibling(log.getFileName() + ".1");
      Files.move(log, former, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Asks the child to end. */
  void closeInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException alreadyClosed) {
      // It is closed, which is all that was wanted.
    }
  }

  /** Whether the child ended within the limit; an interrupt ends the waiting. */
  boolean awaitEnd(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
