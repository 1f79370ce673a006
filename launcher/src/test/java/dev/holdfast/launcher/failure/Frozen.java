package dev.holdfast.launcher.failure;

import dev.holdfast.embedded.Signals;
import dev.holdfast.launcher.servers.EmbeddedServices;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** SIGSTOP to a server and all its back ends, SIGCONT at the end. */
final class Frozen implements AutoCloseable {
  private final List<Long> stopped = new ArrayList<>();

  private Frozen() {}

  static Frozen of(EmbeddedServices.Child server) {
    Frozen frozen = new Frozen();
    frozen.stop(List.of(server.pid()));
    Stream<ProcessHandle> backEnds = ProcessHandle.of(server.pid()).orElseThrow().descendants();
    frozen.stop(backEnds.map(ProcessHandle::pid).toList());
    return frozen;
  }

  private void stop(List<Long> pids) {
    if (!pids.isEmpty()) {
      Signals.send("STOP", pids);
      stopped.addAll(pids);
    }
  }

  void thaw() {
    Signals.send("CONT", stopped);
  }

  @Override
  public void close() {
    thaw();
  }
}
