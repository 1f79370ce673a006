package dev.holdfast.launcher.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The request to end (SIGTERM, SIGINT), answered in order: whoever waits here is woken, stops what
 * runs, and the process leaves with the exit code that is handed in. Without it the virtual machine
 * would leave with 143 and not wait.
 */
public final class Termination {
  /** After which the process leaves with 1, whatever still runs. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  private static final int UNFINISHED = 1;

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile int exitCode;
  private volatile boolean told;

  private Termination() {}

  /** From now on a request to end is kept for {@link #await}. */
  public static Termination watch() {
    Termination termination = new Termination();
    Runtime.getRuntime().addShutdownHook(new Thread(termination::leave, "termination"));
    return termination;
  }

  /** Waits for the request; returns at once when it has come. */
  public void await() throws InterruptedException {
    requested.await();
  }

  /** Whether the request came from outside, so that this process has to end. */
  public boolean isTold() {
    return told;
  }

  /** Whether anybody has asked for the end. */
  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Wakes whoever waits, as a request from outside would. */
  public void request() {
    requested.countDown();
  }

  /** Says that everything is stopped. */
  public void finish(int code) {
    exitCode = code;
    finished.countDown();
  }

  private void leave() {
    told = true;
    requested.countDown();
    boolean stopped = false;
    try {
      stopped = finished.await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(stopped ? exitCode : UNFINISHED);
  }
}
