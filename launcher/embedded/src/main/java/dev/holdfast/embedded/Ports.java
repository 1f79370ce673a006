package dev.holdfast.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Free ports for servers that come back on the same one.
 *
 * <p>They lie below the range from which the system takes the local ports of outgoing connections:
 * else, while the server is away, a client that tries again and again could be given that very port
 * and, on the loopback address, end up connected to itself.
 */
final class Ports {
  private static final Path LOCAL_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int USUAL_LOCAL_RANGE_START = 32_768;
  private static final int SPAN = 10_000;

  /** Processes side by side begin at places that differ, so that they seldom try the same port. */
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 7_919 % SPAN));

  private Ports() {}

  /** The wanted port, refused when somebody listens there, or a free one for 0. */
  static int take(int wanted, String server) {
    if (wanted == 0) {
      return free();
    }
    if (!isFree(wanted)) {
      throw new StartException("port " + wanted + " for " + server + " is taken");
    }
    return wanted;
  }

  /** A port that nobody listens on now. */
  static int free() {
    int last = localRangeStart() - 1;
    for (int tries = 0; tries < SPAN; tries++) {
      int port = last - Math.floorMod(NEXT.getAndIncrement(), SPAN);
      if (isFree(port)) {
        return port;
      }
    }
    throw new StartException("no free port between " + (last - SPAN) + " and " + last);
  }

  /** Whether a server could listen there. */
  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static int localRangeStart() {
    try (Scanner numbers = new Scanner(LOCAL_RANGE, StandardCharsets.US_ASCII)) {
      int start = numbers.nextInt();
      return start > SPAN + 1_024 ? start : USUAL_LOCAL_RANGE_START;
    } catch (IOException | NoSuchElementException unknown) {
      return USUAL_LOCAL_RANGE_START;
    }
  }
}
