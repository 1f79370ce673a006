package dev.holdfast.launcher;

import dev.holdfast.launcher.settings.HttpSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The ports that the process is about to listen on. */
final class Listeners {
  private Listeners() {}

  /** Refuses to begin while somebody else listens on one of them. */
  static void requireFree(HttpSettings http) {
    http.listeners().forEach((key, port) -> requireFree(http.bind(), key, port));
  }

  private static void requireFree(String bind, String key, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(bind, port));
    } catch (IOException busy) {
      throw new Complaint(
          "port %d (http.%s) on %s is taken (%s): stop who has it, or move all ports with --port-offset"
              .formatted(port, key, bind, busy.getMessage()));
    }
  }
}
