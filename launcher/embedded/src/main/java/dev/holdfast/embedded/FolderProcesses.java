package dev.holdfast.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The processes that live in a folder: PostgreSQL's postmaster and every back end have the data
 * folder as their working directory. Unlike a process id in a file this cannot be a stranger who
 * got the number later.
 */
final class FolderProcesses {
  private FolderProcesses() {}

  /** The process ids of those whose working directory the folder is; needs {@code /proc}. */
  static List<Long> in(Path folder) {
    Path real = real(folder);
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> real.equals(workingDirectory(pid)))
        .toList();
  }

  /** Waits until the folder is empty of processes; throws when the limit passes first. */
  static void awaitNone(Path folder, Duration limit) {
    if (!Files.isDirectory(folder) || Poll.until(limit, () -> in(folder).isEmpty())) {
      return;
    }
    throw new StartException(
        "a former PostgreSQL still runs in %s after %d s (processes %s): stop it first"
            .formatted(folder, limit.toSeconds(), in(folder)));
  }

  private static Path workingDirectory(long pid) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", String.valueOf(pid), "cwd"));
    } catch (IOException goneOrNotOurs) {
      return null;
    }
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException missing) {
      return folder.toAbsolutePath();
    }
  }
}
