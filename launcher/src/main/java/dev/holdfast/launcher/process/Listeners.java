package dev.holdfast.launcher.process;

import dev.holdfast.launcher.settings.HttpSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The ports that the process is about to listen on. */
public final class Listeners {
  /** A process killed a moment ago gives its folder back before its ports. */
  private static final Duration WAIT = Duration.ofSeconds(1);

  private static final long RETRY_NANOS = Duration.ofMillis(20).toNanos();

  private Listeners() {}

  /** Refuses to begin while somebody else listens on one of them that is needed. */
  public static void requireFree(HttpSettings http) {
    http.listeners().entrySet().stream()
        .filter(each -> !each.getKey().equals(HttpSettings.OPTIONAL))
        .forEach(each -> requireFree(http.bind(), each.getKey(), each.getValue()));
  }

  private static void requireFree(String bind, String key, int port) {
    long begin = System.nanoTime();
    Optional<String> taken = taken(bind, port);
    while (taken.isPresent()) {
      if (System.nanoTime() - begin > WAIT.toNanos()) {
        throw new Complaint(
            "port %d (http.%s) on %s is taken (%s): stop who has it, or move all ports with"
                    .formatted(port, key, bind, taken.get())
                + " --port-offset");
      }
      LockSupport.parkNanos(RETRY_NANOS);
      taken = taken(bind, port);
    }
  }

  /** What the system says against listening there. */
  private static Optional<String> taken(String bind, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(bind, port));
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of(String.valueOf(refused.getMessage()));
    }
  }
}
