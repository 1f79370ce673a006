package dev.holdfast.launcher.failure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Signals to processes that the test started itself. */
final class Signals {
  private Signals() {}

  /** Sends it; a process that ended by itself in between is no fault. */
  static void send(String name, List<Long> pids) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    pids.forEach(pid -> command.add(String.valueOf(pid)));
    try {
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
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
