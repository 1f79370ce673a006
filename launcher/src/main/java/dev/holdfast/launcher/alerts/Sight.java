package dev.holdfast.launcher.alerts;

import dev.holdfast.agent.AgentHost;
import dev.holdfast.alert.Observation;
import dev.holdfast.degradation.Capability;
import dev.holdfast.degradation.Level;
import dev.holdfast.degradation.Standing;
import dev.holdfast.guard.GuardState;
import dev.holdfast.journal.JournalHealth;
import dev.holdfast.kernel.Clock;
import dev.holdfast.supervision.ChildState;
import dev.holdfast.supervision.Phase;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** All that conditions are about, as it is now. One thread. */
final class Sight implements Supplier<List<Observation>> {
  private final Sources sources;
  private final FailurePart failures;

  Sight(Sources sources, Clock clock) {
    this.sources = sources;
    this.failures = new FailurePart(sources.hosts(), clock);
  }

  @Override
  public List<Observation> get() {
    List<Observation> all = new ArrayList<>();
    workers(all);
    guards(all);
    standing(sources.standing().get(), all);
    letters(all);
    journal(sources.journal().get(), all);
    lease(all);
    heap(all);
    return all;
  }

  private static Observation ofPlatform(String condition, double value, String text) {
    return Observation.of(condition, Observation.PLATFORM, value, text);
  }

  private static int one(boolean isSo) {
    return isSo ? 1 : 0;
  }

  private void workers(List<Observation> all) {
    int down = 0;
    for (ChildState child : sources.tree().get().children()) {
      boolean isDown = child.phase() != Phase.RUNNING && child.phase() != Phase.ENDED;
      down += one(isDown);
      all.add(
          Observation.of(
              "WorkerUnhealthy", child.id(), one(isDown), child.id() + " is " + word(child)));
    }
    all.add(ofPlatform("MultipleWorkersDown", down, down + " agents do not run"));
    for (AgentHost host : sources.hosts()) {
      int waiting = host.waiting();
      all.add(
          Observation.of(
              "WorkerHighQueueDepth",
              host.name(),
              waiting,
              waiting + " commands wait for " + host.name()));
    }
    double percent = failures.percent();
    all.add(
        ofPlatform(
            "HighErrorRate",
            percent,
            "%.1f %% of the commands of the last five minutes failed".formatted(percent)));
  }

  private static String word(ChildState child) {
    return child.phase().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Between openings a breaker lets probes pass for a moment: that does not make it well. */
  private void guards(List<Observation> all) {
    for (GuardState guard : sources.guards().states()) {
      boolean isOpen = guard.state() != GuardState.State.CLOSED;
      all.add(
          Observation.of(
              "CircuitBreakerOpen",
              guard.name(),
              one(isOpen),
              "the breaker " + guard.name() + " is open"));
    }
  }

  private void standing(Standing standing, List<Observation> all) {
    boolean noWrites = isDown(standing, Capability.PG_WRITE);
    boolean noReads = isDown(standing, Capability.PG_READ);
    all.add(
        ofPlatform(
            "DatabaseConnectionFailure",
            one(noWrites || noReads),
            noWrites ? "PostgreSQL takes no commits" : "PostgreSQL answers no questions"));
    boolean takesNone = isDown(standing, Capability.KAFKA_OUT);
    boolean givesNone = isDown(standing, Capability.KAFKA_IN);
    all.add(
        ofPlatform(
            "KafkaDown",
            one(takesNone || givesNone),
            takesNone ? "the broker acknowledges no events" : "the broker hands out no events"));
    Level level = standing.level();
    String text = "the platform is at level " + level.number() + ", " + level.label();
    all.add(ofPlatform("PlatformDegraded", level.number(), text));
    all.add(ofPlatform("PlatformReadOnly", level.number(), text));
    // While the broker, or the table of events, is away, that alone is told.
    double oldest = takesNone || noReads ? 0 : sources.outboxOldestSeconds().getAsDouble();
    all.add(
        ofPlatform(
            "OutboxStuck",
            oldest,
            "the oldest event has waited %.0f s although the broker answers".formatted(oldest)));
  }

  private static boolean isDown(Standing standing, Capability capability) {
    return standing.reasons().stream()
        .anyMatch(reason -> reason.subject().equals(capability.label()));
  }

  private void letters(List<Observation> all) {
    sources
        .letters()
        .get()
        .forEach(
            (whose, open) -> {
              if (sources.workflows().contains(whose)) {
                String text = open + " runs of " + whose + " wait for a person";
                all.add(Observation.of("RunsNeedHuman", whose, open, text));
              } else {
                String text = open + " messages of " + whose + " are parked";
                all.add(Observation.of("DeadLetterQueueGrowing", whose, open, text));
                all.add(Observation.of("DeadLetterQueueCritical", whose, open, text));
              }
            });
  }

  private void journal(JournalHealth journal, List<Observation> all) {
    all.add(
        ofPlatform(
            "JournalFilling",
            100.0 * journal.count() / sources.journalMax(),
            journal.count() + " intents wait for the database"));
  }

  private void lease(List<Observation> all) {
    all.add(
        ofPlatform(
            "LeaseLost", one(!sources.holdsLease().getAsBoolean()), "the node's lease is gone"));
  }

  private static void heap(List<Observation> all) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    double percent = heap.getMax() <= 0 ? 0 : 100.0 * heap.getUsed() / heap.getMax();
    all.add(
        ofPlatform("HighMemoryUsage", percent, "%.0f %% of the heap is used".formatted(percent)));
  }
}
