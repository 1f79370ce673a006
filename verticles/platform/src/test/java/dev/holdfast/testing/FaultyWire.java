package dev.holdfast.testing;

import dev.holdfast.testing.FaultProxy.CommitFault;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One connection through a {@link FaultProxy}. */
final class FaultyWire {
  /** A simple query: type, length 11, text, zero. */
  private static final byte[] COMMIT = "Q\0\0\0\013COMMIT\0".getBytes(StandardCharsets.US_ASCII);

  /** Its completion: type, length 11, tag, zero. */
  private static final byte[] COMMITTED = "C\0\0\0\013COMMIT\0".getBytes(StandardCharsets.US_ASCII);

  private final FaultProxy proxy;
  private final Socket client;
  private final Socket server;
  private volatile CommitFault fault;
  private volatile boolean deaf;
  private volatile boolean dumb;

  FaultyWire(FaultProxy proxy, Socket client, Socket server) {
    this.proxy = proxy;
    this.client = client;
    this.server = server;
  }

  void start() throws IOException {
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    Thread.ofVirtual().name("fault-proxy-up").start(() -> pump(client, true));
    Thread.ofVirtual().name("fault-proxy-down").start(() -> pump(server, false));
  }

  void deafen() {
    deaf = true;
  }

  void silence() {
    deaf = true;
    dumb = true;
  }

  void reset() {
    proxy.forget(this);
    reset(client);
    reset(server);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException alreadyClosed) {
      return;
    }
  }

  private void pump(Socket from, boolean up) {
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = from.getInputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        pause(proxy.delay());
        if (up) {
          question(buffer, n);
        } else {
          answer(buffer, n);
        }
      }
      reset();
    } catch (IOException closed) {
      reset();
    }
  }

  private void question(byte[] data, int n) throws IOException {
    int commit = indexOf(data, n, COMMIT);
    if (commit >= 0) {
      fault = proxy.takeCommitFault();
    }
    if (commit >= 0 && fault == CommitFault.LOSE_QUESTION) {
      server.getOutputStream().write(data, 0, commit);
      reset();
    } else if (!dumb) {
      server.getOutputStream().write(data, 0, n);
    }
  }

  private void answer(byte[] data, int n) throws IOException {
    int committed = fault == null ? -1 : indexOf(data, n, COMMITTED);
    if (committed < 0) {
      send(data, n);
    } else {
      send(data, committed);
      if (fault == CommitFault.LOSE_ANSWER) {
        reset();
      } else {
        deaf = true;
      }
    }
  }

  private void send(byte[] data, int n) throws IOException {
    if (!deaf) {
      client.getOutputStream().write(data, 0, n);
    }
  }

  private static void pause(Duration time) {
    try {
      if (time.isPositive()) {
        Thread.sleep(time);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static int indexOf(byte[] data, int n, byte[] wanted) {
    for (int i = 0; i + wanted.length <= n; i++) {
      int same = 0;
      while (same < wanted.length && data[i + same] == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return i;
      }
    }
    return -1;
  }
}
