package dev.holdfast.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Signals to processes that this one started itself. */
public final class Signals {
  private Signals() {}

  /**
   * Sends it. One that ended by itself in between is no fault when others were meant too; an
   * unknown process alone is. Blocks for the time of a small program.
   *
   * @param name without its prefix, such as {@code STOP}
   */
  public static void send(String name, List<Long> pids) {
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
