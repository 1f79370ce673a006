package dev.holdfast.launcher.planted;

import dev.holdfast.launcher.Entrance;
import dev.holdfast.launcher.LauncherProcess;
import dev.holdfast.launcher.Main;
import dev.holdfast.launcher.days.Progress;
import dev.holdfast.launcher.drill.Drill;
import dev.holdfast.launcher.drill.Goal;
import dev.holdfast.launcher.drill.Plan;
import dev.holdfast.launcher.drill.Score;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A platform in a process of its own, to be drilled and killed. */
final class DrilledPlatform implements AutoCloseable {
  /** Away from the ports of a platform that somebody may be running here. */
  private static final String PORT_OFFSET = "3500";

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "HOLDFAST_PROFILE", "test",
          "HOLDFAST_CHAOS_PROXIED", "true",
          "HOLDFAST_POSTGRES_FSYNC", "false");

  private final Path folder;
  private final List<String> options;
  private final Entrance entrance;
  private volatile LauncherProcess process;
  private int starts;

  /**
   * Starts it.
   *
   * @param folder for its data and its output
   * @param options for its Java virtual machine
   */
  DrilledPlatform(Path folder, List<String> options) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.options = options;
    this.entrance = new Entrance(folder.resolve("data"));
    start();
  }

  private void start() throws IOException {
    starts++;
    process =
        LauncherProcess.start(
            folder.resolve("up-" + starts + ".out"),
            ENVIRONMENT,
            options,
            Main.class,
            "up",
            "--data",
            folder.resolve("data").toString(),
            "--port-offset",
            PORT_OFFSET);
    process.awaitUp();
  }

  /** All that it said since it was started last. */
  String output() throws IOException {
    return process.output();
  }

  /**
   * Drills it.
   *
   * @param killed how long after the plan's first fault has begun the process is killed and started
   *     again; zero for never
   * @param patience how long one order may take, and how long nothing may move at the end
   */
  Score drill(Plan plan, List<Goal> goals, Duration killed, Duration patience) {
    Killing killing = new Killing(killed);
    Score score =
        new Drill(entrance::door, entrance.console(), entrance.books(), killing, goals)
            .patient(patience)
            .run(plan, folder.resolve("history-" + plan.orders() + ".jsonl"));
    killing.started.orTimeout(1, TimeUnit.MINUTES).join();
    return score;
  }

  /** Hears when the first fault begins. */
  private final class Killing implements Progress {
    private final Duration after;
    private volatile CompletableFuture<Void> started = CompletableFuture.completedFuture(null);
    private volatile boolean heard;

    Killing(Duration after) {
      this.after = after;
    }

    @Override
    public void begin(String what, int total) {}

    @Override
    public void step() {}

    @Override
    public void tell(String line) {
      if (!heard && !after.isZero()) {
        heard = true;
        Executor later =
            CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS);
        started = CompletableFuture.runAsync(DrilledPlatform.this::killAndStartAgain, later);
      }
    }
  }

  private void killAndStartAgain() {
    try {
      process.close();
      start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
