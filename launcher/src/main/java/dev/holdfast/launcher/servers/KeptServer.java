package dev.holdfast.launcher.servers;

import dev.holdfast.embedded.EmbeddedProcess;
import dev.holdfast.embedded.StartException;
import dev.holdfast.kernel.Backoff;
import dev.holdfast.kernel.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One embedded server that is brought back when it dies: on the same port and data, after a wait
 * that grows while it does not stay up.
 *
 * @param <P> which server
 */
public final class KeptServer<P extends EmbeddedProcess> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeptServer.class);
  private static final Duration PROVEN_FOR = Duration.ofSeconds(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

  private final Starter<P> starter;
  private final Backoff backoff;
  private final Clock clock;
  private final ScheduledExecutorService thread;
  private final AtomicInteger restarts = new AtomicInteger();
  private volatile P current;
  private volatile long startedNanos;
  private volatile boolean closing;
  private volatile boolean stopped;

  /** Used by the one thread alone: how often in a row the server died young or did not start. */
  private int failures;

  private KeptServer(Starter<P> starter, Backoff backoff, Clock clock, P first) {
    this.starter = starter;
    this.backoff = backoff;
    this.clock = clock;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("keeper of " + first.name()).factory());
    watch(first);
  }

  /** Starts a server; blocks. */
  interface Starter<P> {
    /**
     * Starts the server on its data.
     *
     * @param port where it must listen; 0 for the first start, where the configured one holds
     */
    P start(int port) throws InterruptedException;
  }

  /** Starts the server and keeps it; blocks until it is up, throws when the first start fails. */
  static <P extends EmbeddedProcess> KeptServer<P> start(
      Starter<P> starter, Backoff backoff, Clock clock) throws InterruptedException {
    return new KeptServer<>(starter, backoff, clock, starter.start(0));
  }

  /** The server as it runs now, or as it was while it is being brought back. */
  public P current() {
    return current;
  }

  /** How often it was brought back. */
  int restarts() {
    return restarts.get();
  }

  private void watch(P server) {
    current = server;
    startedNanos = clock.nanoTime();
    var unused = server.onExit().thenRun(() -> submit(this::died, Duration.ZERO));
  }

  private void submit(Runnable step, Duration delay) {
    try {
      var unused = thread.schedule(step, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException stopped) {
      // The keeper was closed, so nobody wants the server back.
    }
  }

  /** Stops the server, which then stays away until {@link #bringBackNow}. Blocks. */
  public void stop() {
    stopped = true;
    current.close();
  }

  /**
   * Starts a server that was stopped, beside whoever asks.
   *
   * @return completes when it runs, or when its first start failed and is tried again later; never
   *     when the keeper is closed before
   */
  public CompletableFuture<Void> bringBackNow() {
    stopped = false;
    CompletableFuture<Void> back = new CompletableFuture<>();
    submit(
        () -> {
          if (!current.isAlive()) {
            bringBack();
          }
          back.complete(null);
        },
        Duration.ZERO);
    return back;
  }

  private void died() {
    if (stopped) {
      LOG.warn("{} (process {}) was stopped", current.name(), current.pid());
      return;
    }
    boolean young = clock.nanoTime() - startedNanos < PROVEN_FOR.toNanos();
    failures = young ? failures + 1 : 0;
    Duration wait = backoff.wait(failures);
    LOG.warn(
        "{} (process {}) is gone, starting it again in {} ms",
        current.name(),
        current.pid(),
        wait.toMillis());
    submit(this::bringBack, wait);
  }

  private void bringBack() {
    if (closing || stopped) {
      return;
    }
    try {
      watch(starter.start(current.port()));
      restarts.incrementAndGet();
      if (stopped) {
        current.close();
      }
      LOG.info(
          "{} is back as process {} on port {}", current.name(), current.pid(), current.port());
    } catch (StartException failure) {
      tryAgain(failure);
    } catch (RuntimeException bug) {
      LOG.error("Bringing {} back failed", current.name(), bug);
      tryAgain(bug);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void tryAgain(RuntimeException failure) {
    failures++;
    Duration wait = backoff.wait(failures);
    LOG.warn("{}; next try in {} ms", failure.getMessage(), wait.toMillis());
    submit(this::bringBack, wait);
  }

  /** Stops the server for good; a start under way is given up first. Blocks. */
  @Override
  public void close() {
    closing = true;
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("{} was still starting after {} s", current.name(), STOP_LIMIT.toSeconds());
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    current.close();
  }
}
