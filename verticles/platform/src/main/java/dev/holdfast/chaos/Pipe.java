package dev.holdfast.chaos;

import dev.holdfast.kernel.Clock;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One direction of a connection: what comes from one side goes to the other, at once or late, in
 * its order. Holds no more than {@value #HELD_BYTES_MAX} bytes and one piece; then the sender has
 * to wait. Confined to its event loop.
 */
final class Pipe {
  static final int HELD_BYTES_MAX = 256 * 1024;

  private final Vertx vertx;
  private final Clock clock;
  private final NetSocket from;
  private final NetSocket to;
  private final LongSupplier delayMs;
  private final Deque<Late> late = new ArrayDeque<>();
  private long held;
  private boolean waiting;
  private boolean ended;

  private record Late(Buffer piece, long dueNanos) {}

  /**
   * A pipe that is empty.
   *
   * @param delayMs how long each piece takes, asked for each
   */
  Pipe(Vertx vertx, Clock clock, NetSocket from, NetSocket to, LongSupplier delayMs) {
    this.vertx = vertx;
    this.clock = clock;
    this.from = from;
    this.to = to;
    this.delayMs = delayMs;
    to.drainHandler(room -> makeRoom());
  }

  /** A piece goes on its way. */
  void take(Buffer piece) {
    long delay = delayMs.getAsLong();
    if (delay == 0 && late.isEmpty()) {
      send(piece);
      return;
    }
    late.add(new Late(piece, clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay)));
    held += piece.length();
    if (held > HELD_BYTES_MAX) {
      from.pause();
    }
    await();
  }

  /** Nothing more comes; the other side is closed behind what is on its way. */
  void end() {
    ended = true;
    if (late.isEmpty()) {
      to.close();
    }
  }

  private void await() {
    if (!waiting && !late.isEmpty()) {
      waiting = true;
      long nanos = late.getFirst().dueNanos() - clock.nanoTime();
      vertx.setTimer(
          Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999)), tick -> sendDue());
    }
  }

  private void sendDue() {
    waiting = false;
    long now = clock.nanoTime();
    while (!late.isEmpty() && late.getFirst().dueNanos() - now <= 0) {
      Buffer piece = late.removeFirst().piece();
      held -= piece.length();
      send(piece);
    }
    makeRoom();
    await();
    if (ended && late.isEmpty()) {
      to.close();
    }
  }

  private void send(Buffer piece) {
    to.write(piece);
    if (to.writeQueueFull()) {
      from.pause();
    }
  }

  private void makeRoom() {
    if (!ended && held <= HELD_BYTES_MAX && !to.writeQueueFull()) {
      from.resume();
    }
  }
}
