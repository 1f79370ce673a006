package dev.holdfast.launcher.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.days.Books;
import dev.holdfast.launcher.days.Books.Consequences;
import dev.holdfast.launcher.days.DayRunner;
import dev.holdfast.launcher.days.Door;
import dev.holdfast.launcher.days.Progress;
import dev.holdfast.launcher.days.ReconciliationReport;
import dev.holdfast.launcher.days.ShopDay;
import dev.holdfast.launcher.drill.Console.Look;
import dev.holdfast.launcher.drill.Evidence.Injected;
import dev.holdfast.launcher.drill.Evidence.Recorded;
import dev.holdfast.launcher.drill.Evidence.Sample;
import dev.holdfast.launcher.drill.Evidence.Seen;
import dev.holdfast.launcher.drill.Plan.Planned;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Lets a plan happen to a platform and collects what is seen of it. Blocks; used once. */
public final class Drill {
  private static final Duration SAMPLE_EVERY = Duration.ofMillis(100);
  private static final Duration OPERATOR_EVERY = Duration.ofSeconds(1);
  private static final Duration BACK_WITHIN = Duration.ofSeconds(60);

  private final Supplier<Optional<Door>> door;
  private final Console console;
  private final Books books;
  private final Progress progress;
  private final List<Goal> goals;
  private final Clock clock = Clock.system();
  private final Queue<Injected> faults = new ConcurrentLinkedQueue<>();
  private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
  private final Operator operator;
  private volatile Set<String> active = Set.of();
  private Optional<Duration> patience = Optional.empty();
  private volatile boolean over;

  /**
   * A drill on a platform that runs.
   *
   * @param door its public API
   * @param console its management listener
   * @param goals what has to be reached
   */
  public Drill(
      Supplier<Optional<Door>> door,
      Console console,
      Books books,
      Progress progress,
      List<Goal> goals) {
    this.door = door;
    this.console = console;
    this.books = books;
    this.progress = progress;
    this.goals = List.copyOf(goals);
    this.operator = new Operator(console, clock, progress);
  }

  /**
   * The same, giving up sooner.
   *
   * @param atMost how long one order may take, and how long nothing may move at the end
   */
  public Drill patient(Duration atMost) {
    patience = Optional.of(atMost);
    return this;
  }

  /** The plan of a seed, with everything that has to be reached. */
  public static Plan plan(long seed, int seconds, int ordersPerSecond) {
    return PlanRules.of(seed, seconds, ordersPerSecond, DrillGoals.ALL);
  }

  /**
   * Lets it happen, until all has settled.
   *
   * @param history the file for what customers lived through
   */
  public Score run(Plan plan, Path history) {
    ShopDay day = DayRunner.day(plan.orders(), plan.seed());
    List<String> troubles;
    try (History customers = new History(history)) {
      try (ExecutorService beside = Executors.newFixedThreadPool(3)) {
        DayRunner runner =
            new DayRunner(door, books, progress)
                .heardBy(customers)
                .atMost(plan.ordersPerSecond(), () -> beside.execute(() -> breakThings(plan)));
        patience.ifPresent(runner::patient);
        beside.execute(this::sample);
        beside.execute(this::replayLetters);
        try {
          troubles = new ArrayList<>(runner.run(day));
          awaitFullAgain();
          troubles.addAll(consequences());
        } finally {
          over = true;
        }
        beside.shutdown();
        awaitEnd(beside);
      }
      ReconciliationReport report = books.report(level(), plan.seconds());
      troubles.addAll(report.findings());
      return DrillRules.of(
          new Evidence(
              List.copyOf(faults),
              List.copyOf(samples),
              incidents(),
              customers.attempts(),
              operator.letters(),
              recorded(day),
              troubles),
          goals);
    }
  }

  private static void awaitEnd(ExecutorService beside) {
    try {
      beside.awaitTermination(BACK_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, Recorded> recorded(ShopDay day) {
    return books.orders(day.source()).entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                order -> new Recorded(order.getValue().id(), order.getValue().status())));
  }

  private void breakThings(Plan plan) {
    long begun = clock.nanoTime();
    for (Planned fault : plan.faults()) {
      pauseUntil(begun + TimeUnit.MILLISECONDS.toNanos(fault.atMs()));
      if (over) {
        return;
      }
      progress.tell(fault.label());
      faults.add(begin(fault));
    }
  }

  private Injected begin(Planned fault) {
    Instant asked = clock.now();
    try {
      JsonNode begun = console.begin(fault);
      return new Injected(
          fault,
          Instant.parse(begun.path("begun").asText()),
          Instant.parse(begun.path("until").asText()),
          "");
    } catch (RuntimeException refused) {
      return new Injected(fault, asked, asked, String.valueOf(refused.getMessage()));
    }
  }

  private void sample() {
    while (!over) {
      long next = clock.nanoTime() + SAMPLE_EVERY.toNanos();
      Instant at = clock.now();
      Optional<Look> look = look();
      active = look.map(Look::active).orElse(active);
      samples.add(new Sample(at, look.map(Look::level).orElse(Sample.SILENT), active));
      pauseUntil(next);
    }
  }

  private Optional<Look> look() {
    try {
      return Optional.of(console.look());
    } catch (RuntimeException silent) {
      return Optional.empty();
    }
  }

  private int level() {
    return look().map(Look::level).orElse(Sample.SILENT);
  }

  private void replayLetters() {
    while (!over) {
      operator.look(active);
      pauseUntil(clock.nanoTime() + OPERATOR_EVERY.toNanos());
    }
  }

  /** The last fault may still be healing when the last order has settled. */
  private void awaitFullAgain() {
    long until = clock.nanoTime() + BACK_WITHIN.toNanos();
    while (clock.nanoTime() - until < 0 && level() != 0) {
      pauseUntil(clock.nanoTime() + SAMPLE_EVERY.toNanos());
    }
    pauseUntil(clock.nanoTime() + 2 * SAMPLE_EVERY.toNanos());
  }

  /** Events may be heard a while after the last order has settled. */
  private List<String> consequences() {
    long until = clock.nanoTime() + patience.orElse(BACK_WITHIN).toNanos();
    Consequences seen = books.consequences();
    while (!ConsequenceRules.areHeard(seen) && clock.nanoTime() - until < 0) {
      pauseUntil(clock.nanoTime() + SAMPLE_EVERY.toNanos());
      seen = books.consequences();
    }
    return ConsequenceRules.findings(seen);
  }

  private void pauseUntil(long nanos) {
    long left = nanos - clock.nanoTime();
    while (left > 0 && !over) {
      LockSupport.parkNanos(Math.min(left, SAMPLE_EVERY.toNanos()));
      left = nanos - clock.nanoTime();
    }
  }

  private List<Seen> incidents() {
    List<Seen> seen = new ArrayList<>();
    for (JsonNode incident : console.incidents()) {
      JsonNode times = incident.path("times");
      String proven = times.path("provenAt").asText("");
      seen.add(
          new Seen(
              incident.path("child").asText(),
              incident
                  .path("choice")
                  .path("rung")
                  .asText("")
                  .toLowerCase(Locale.ROOT)
                  .replace('_', ' '),
              Instant.parse(times.path("detectedAt").asText()),
              proven.isEmpty() || proven.equals("null") ? null : Instant.parse(proven)));
    }
    return seen;
  }
}
