package dev.holdfast.supervision;

import dev.holdfast.kernel.Clock;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where crashes are told to the supervisor, from any thread, without waiting.
 *
 * <p>Exceptions that reach the top of a child's context come here by themselves; code calls it only
 * to give a child up.
 */
public final class CrashReports {
  /** Reports that may wait for the supervisor; further ones are dropped and counted. */
  public static final int LIMIT = 1_024;

  private final Clock clock;
  private final BlockingQueue<Report> waiting = new ArrayBlockingQueue<>(LIMIT);
  private final AtomicLong dropped = new AtomicLong();
  private volatile Runnable listener = () -> {};

  /**
   * One told crash.
   *
   * @param deployment whose context it was told on, if on one; tells a new life from an old one
   */
  record Report(
      String child, Signal signal, Throwable failure, Instant at, Optional<String> deployment) {}

  private static final class Finished extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Finished() {
      super("its work is done", null, false, false);
    }
  }

  public CrashReports(Clock clock) {
    this.clock = clock;
  }

  /**
   * Gives a child up: its own code knows that it can't go on, and no single message is to blame. An
   * outage ({@link dev.holdfast.kernel.Unavailable}) is counted and otherwise ignored.
   *
   * @param child the id in its spec; an unknown one is logged and ignored
   */
  public void escalate(String child, Throwable failure) {
    Optional<String> deployment =
        Optional.ofNullable(Vertx.currentContext()).map(Context::deploymentID);
    tell(new Report(child, Signal.ESCALATED, failure, clock.now(), deployment));
  }

  /**
   * Says that a child's work is done. Whether it is started anew, its {@link Restart} tells.
   *
   * @param child the id in its spec; an unknown one is logged and ignored
   */
  public void finished(String child) {
    Optional<String> deployment =
        Optional.ofNullable(Vertx.currentContext()).map(Context::deploymentID);
    tell(new Report(child, Signal.FINISHED, new Finished(), clock.now(), deployment));
  }

  /** An exception reached the top of the context of that deployment of the child. */
  void uncaught(String child, Throwable failure, String deployment) {
    tell(new Report(child, Signal.UNCAUGHT, failure, clock.now(), Optional.of(deployment)));
  }

  /** Has the listener called, on the telling thread, whenever something was told. */
  void listen(Runnable heard) {
    listener = heard;
    heard.run();
  }

  /** Takes what was told since the last call. */
  List<Report> take() {
    List<Report> taken = new ArrayList<>();
    waiting.drainTo(taken);
    return taken;
  }

  long dropped() {
    return dropped.get();
  }

  private void tell(Report report) {
    if (waiting.offer(report)) {
      listener.run();
    } else {
      dropped.incrementAndGet();
    }
  }
}
