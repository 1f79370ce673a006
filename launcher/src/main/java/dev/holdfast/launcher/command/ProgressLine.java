package dev.holdfast.launcher.command;

import dev.holdfast.launcher.days.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far it is: on a terminal one bar that moves, else a plain line when something begins and
 * every ten seconds.
 */
final class ProgressLine implements Progress, AutoCloseable {
  private static final int WIDTH = 30;
  private static final long SHOWN_EVERY_NANOS = Duration.ofMillis(100).toNanos();
  private static final long TOLD_EVERY_NANOS = Duration.ofSeconds(10).toNanos();
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean isWatched;
  private final ReentrantLock lock = new ReentrantLock();
  private final long begin = System.nanoTime();
  private String what = "";
  private int total;
  private int done;
  private long shown;

  ProgressLine(PrintWriter out, boolean isWatched) {
    this.out = out;
    this.isWatched = isWatched;
  }

  @Override
  public void begin(String begun, int steps) {
    lock.lock();
    try {
      what = begun;
      total = steps;
      done = 0;
      show(true);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void step() {
    lock.lock();
    try {
      done++;
      show(false);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void tell(String line) {
    lock.lock();
    try {
      out.println((isWatched ? CLEAR_LINE : "") + line);
      show(true);
    } finally {
      lock.unlock();
    }
  }

  private void show(boolean now) {
    long nanos = System.nanoTime();
    long pause = isWatched ? SHOWN_EVERY_NANOS : TOLD_EVERY_NANOS;
    if (!now && done != total && nanos - shown < pause) {
      return;
    }
    shown = nanos;
    long seconds = Duration.ofNanos(nanos - begin).toSeconds();
    String counted = total == 0 ? "" : " " + done + "/" + total;
    if (isWatched) {
      out.printf("%s%s %s%s  %d s", CLEAR_LINE, bar(), what, counted, seconds);
    } else {
      out.printf("%s%s, %d s%n", what, counted, seconds);
    }
    out.flush();
  }

  private String bar() {
    int full = total == 0 ? 0 : WIDTH * Math.min(done, total) / total;
    return "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "]";
  }

  /** What is printed next begins a line of its own. */
  @Override
  public void close() {
    if (isWatched) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }
}
