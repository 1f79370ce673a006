package dev.holdfast.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A server that answers nothing and closes nothing, as long as this is open: SIGSTOP to all its
 * processes, and SIGCONT at the end. Only for a server that this process started itself. Blocks for
 * the time of a small program.
 */
public final class FrozenServer implements AutoCloseable {
  private final Set<Long> stopped = new HashSet<>();

  private FrozenServer() {}

  /** Freezes the server; for PostgreSQL the postmaster first, so that no back end is born late. */
  public static FrozenServer of(EmbeddedProcess server) {
    FrozenServer frozen = new FrozenServer();
    frozen.stop(List.of(server.pid()));
    frozen.stop(server.pids());
    return frozen;
  }

  /** Kills the server at once, as {@code kill -9} does. */
  public static void kill(EmbeddedProcess server) {
    signal("KILL", List.of(server.pid()));
  }

  private void stop(List<Long> pids) {
    signal("STOP", pids);
    stopped.addAll(pids);
  }

  @Override
  public void close() {
    signal("CONT", List.copyOf(stopped));
  }

  private static void signal(String name, List<Long> pids) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    pids.forEach(pid -> command.add(String.valueOf(pid)));
    try {
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      // A back end that ended by itself in between is no fault; an unknown server is.
      if (code != 0 && pids.size() == 1) {
        throw new IllegalStateException(command + " failed with " + code);
      }
    } catch (IOException failure) {
      throw new IllegalStateException(command + " failed", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
