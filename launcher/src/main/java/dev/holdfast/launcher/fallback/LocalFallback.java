package dev.holdfast.launcher.fallback;

import dev.holdfast.bus.Bus;
import dev.holdfast.chaos.Injector;
import dev.holdfast.chaos.JournalFaults;
import dev.holdfast.commerce.api.Fallback;
import dev.holdfast.commerce.api.OrderIntentCommands;
import dev.holdfast.degradation.Capability;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalCare;
import dev.holdfast.journal.JournalDrain;
import dev.holdfast.journal.JournalErrors;
import dev.holdfast.journal.JournalHealth;
import dev.holdfast.journal.SnapshotCache;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.launcher.crew.Crew;
import dev.holdfast.launcher.settings.JournalSettings;
import dev.holdfast.launcher.watch.Probe;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What this process has of its own when PostgreSQL is away: the journal and the snapshots. */
public final class LocalFallback implements AutoCloseable {
  private final JournalSettings settings;
  private final Clock clock;
  private final Journal journal;
  private final SnapshotCache snapshots;

  public LocalFallback(
      Path data, JournalSettings settings, SnapshotCache snapshots, Clock clock, Meters meters) {
    this.settings = settings;
    this.clock = clock;
    journal = new Journal(data.resolve("journal"), settings.limits(), clock, meters.journal());
    this.snapshots = snapshots;
  }

  /** Whether the agent's commands may be accepted as intents. */
  boolean mayUse(String agent) {
    return settings.mayUse(agent);
  }

  /** How the journal is; from memory. */
  public JournalHealth health() {
    return journal.health();
  }

  /** How the journal is broken on purpose. */
  public JournalFaults faults() {
    return new JournalFaults() {
      @Override
      public Injector.Ending fill() {
        journal.fill(true);
        return () -> {
          journal.fill(false);
          return Future.succeededFuture();
        };
      }

      @Override
      public Future<Injector.Ending> corrupt() {
        return journal.spoil().map(Injector.Ending.NONE);
      }
    };
  }

  /** Whether the journal takes intents, as its own tests say. */
  public Probe probe() {
    return new Probe() {
      @Override
      public Capability capability() {
        return Capability.JOURNAL;
      }

      @Override
      public Future<?> look(Deadline deadline) {
        JournalHealth now = journal.health();
        return now.up()
            ? Future.succeededFuture()
            : Future.failedFuture(new Unavailable(JournalErrors.DOWN, now.reason()));
      }
    };
  }

  /**
   * What the gateway uses of it.
   *
   * @param silent whether the database did not answer lately
   */
  public Fallback ofGateway(BooleanSupplier silent) {
    return new Fallback(
        mayUse("order") ? Optional.of(journal) : Optional.empty(), snapshots, silent);
  }

  public JournalCare care() {
    return new JournalCare(journal, clock, Duration.ofMillis(settings.selfTestMs()));
  }

  /** Executes what waits, also of an agent that may use the journal no more. */
  public JournalDrain drain(Bus bus, BooleanSupplier mayBegin) {
    return new JournalDrain(
        journal,
        new OrderIntentCommands(Crew.types(), bus, clock),
        bus,
        clock,
        mayBegin,
        settings.drain());
  }

  @Override
  public void close() {
    journal.close();
  }
}
