package dev.holdfast.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A wire to a server that can be made to fail: it passes, delays, cuts, refuses, falls silent, or
 * loses the question or the answer of a PostgreSQL COMMIT. Blocking, a thread for each direction of
 * each connection, so that it shares nothing with the code under test.
 *
 * <p>A connection that was silenced stays so; {@link #pass} is for the next ones.
 */
public final class FaultProxy implements AutoCloseable {
  /** What may befall a COMMIT. */
  public enum CommitFault {
    /** The server never sees it; the connection is reset. */
    LOSE_QUESTION,
    /** The server commits; the connection is reset instead of the answer. */
    LOSE_ANSWER,
    /** The server commits; the answer is swallowed and the connection stays open. */
    SWALLOW_ANSWER
  }

  private final ServerSocket listener;
  private final InetSocketAddress server;
  private final Set<FaultyWire> wires = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger commitFaultsLeft = new AtomicInteger();
  private volatile CommitFault commitFault = CommitFault.LOSE_ANSWER;
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean refusing;
  private volatile boolean deaf;
  private volatile boolean silent;

  private FaultProxy(InetSocketAddress server, ServerSocket listener) {
    this.server = server;
    this.listener = listener;
  }

  /** A proxy on a free loopback port that passes everything to the server. */
  public static FaultProxy to(String host, int port) {
    try {
      ServerSocket listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
      FaultProxy proxy = new FaultProxy(new InetSocketAddress(host, port), listener);
      Thread.ofVirtual().name("fault-proxy").start(proxy::accept);
      return proxy;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Where clients connect. */
  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections it has let through so far. */
  public int connections() {
    return accepted.get();
  }

  /** From now on everything passes at once. */
  public void pass() {
    delay = Duration.ZERO;
    refusing = false;
    deaf = false;
    silent = false;
    commitFaultsLeft.set(0);
  }

  /** From now on each piece of data waits this long, in both directions. */
  public void delay(Duration time) {
    delay = time;
  }

  /** Resets all connections; new ones pass. */
  public void cut() {
    wires.forEach(FaultyWire::reset);
  }

  /** Resets all connections, and new ones as soon as they are there. */
  public void refuse() {
    refusing = true;
    cut();
  }

  /** What clients say arrives, what the server says is lost. */
  public void halfOpen() {
    deaf = true;
    wires.forEach(FaultyWire::deafen);
  }

  /** Connections are accepted and nothing passes any more. */
  public void silence() {
    silent = true;
    wires.forEach(FaultyWire::silence);
  }

  /** The next so many COMMITs meet this fault. */
  public void onCommit(CommitFault fault, int times) {
    commitFault = fault;
    commitFaultsLeft.set(times);
  }

  /** The fault that the COMMIT just seen shall meet, or null; each is taken once. */
  CommitFault takeCommitFault() {
    return commitFaultsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? commitFault : null;
  }

  Duration delay() {
    return delay;
  }

  void forget(FaultyWire wire) {
    wires.remove(wire);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        connect(listener.accept());
      } catch (IOException closedOrServerGone) {
        // The client saw its connection closed, which is what a missing server looks like.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    if (refusing) {
      client.setSoLinger(true, 0);
      client.close();
      return;
    }
    Socket upstream = new Socket();
    try {
      upstream.connect(server, 5_000);
    } catch (IOException serverGone) {
      client.close();
      throw serverGone;
    }
    accepted.incrementAndGet();
    FaultyWire wire = new FaultyWire(this, client, upstream);
    wires.add(wire);
    if (deaf) {
      wire.deafen();
    }
    if (silent) {
      wire.silence();
    }
    wire.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    cut();
  }
}
