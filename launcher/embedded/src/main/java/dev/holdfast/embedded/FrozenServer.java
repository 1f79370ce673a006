package dev.holdfast.embedded;

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
    Signals.send("KILL", List.of(server.pid()));
  }

  private void stop(List<Long> pids) {
    Signals.send("STOP", pids);
    stopped.addAll(pids);
  }

  @Override
  public void close() {
    Signals.send("CONT", List.copyOf(stopped));
  }
}
