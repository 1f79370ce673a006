package dev.holdfast.launcher.planted;

import static org.awaitility.Awaitility.await;

import dev.holdfast.launcher.Entrance;
import dev.holdfast.launcher.LauncherProcess;
import dev.holdfast.launcher.Main;
import dev.holdfast.launcher.days.Progress;
import dev.holdfast.launcher.drill.Drill;
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

  /** Parcels are under way for a while, so that at each moment there are some to be delivered. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "HOLDFAST_PARTNERS_DELIVERY_MS", "2000",
          "HOLDFAST_PROFILE", "test",
          "HOLDFAST_CHAOS_PROXIED", "true",
          "HOLDFAST_POSTGRES_FSYNC", "false");

  /** Events that were read by then, and would be lost if their offsets were committed. */
  private static final int FEW = 3;

  /** Long enough for a consumer to read what lies there and to commit offsets. */
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(2_500, TimeUnit.MILLISECONDS);

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
   * Drills it by a bug's plan.
   *
   * @param patience how long one order may take, and how long nothing may move at the end
   */
  Score drill(PlantedBug bug, Duration patience) {
    Plan plan = bug.plan();
    Watching watching = new Watching(bug.isKilling());
    Score score =
        new Drill(entrance::door, entrance.console(), entrance.books(), watching, bug.goals())
            .patient(patience)
            .run(plan, folder.resolve("history-" + plan.orders() + ".jsonl"));
    watching.killed.orTimeout(1, TimeUnit.MINUTES).join();
    return score;
  }

  /** Hears when a fault begins. */
  private final class Watching implements Progress {
    private final boolean killing;
    private volatile CompletableFuture<Void> killed = CompletableFuture.completedFuture(null);

    Watching(boolean killing) {
      this.killing = killing;
    }

    @Override
    public void begin(String what, int total) {}

    @Override
    public void step() {}

    @Override
    public void tell(String line) {
      if (killing && line.startsWith("hang ")) {
        killed =
            CompletableFuture.runAsync(DrilledPlatform.this::awaitWaitingEvents)
                .thenRunAsync(DrilledPlatform.this::killAndStartAgain, LATER);
      }
    }
  }

  /** Orders are delivered, and their customers have earned nothing: the events lie there. */
  private void awaitWaitingEvents() {
    await()
        .atMost(Duration.ofSeconds(40))
        .until(entrance.books()::consequences, seen -> seen.delivered() - seen.earned() >= FEW);
  }

  private void killAndStartAgain() {
    process.kill();
    process.awaitExitCode();
    try {
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
