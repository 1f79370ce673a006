package dev.holdfast.journal;

import dev.holdfast.bus.HttpKey;
import dev.holdfast.journal.IntentStanding.End;
import dev.holdfast.journal.JournalStore.Row;
import dev.holdfast.journal.JournalWriter.Group;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.telemetry.JournalMeters;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands that were accepted while they could not be executed, durable on this machine's disk.
 * Safe on any thread; what it does with the file it does on a thread of its own.
 */
public final class Journal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private static final String NOT_OPEN = "not open yet";

  private final JournalLimits usual;
  private final Clock clock;
  private final JournalMeters meters;
  private final JournalWriter writer;
  private final JournalSelfTest test;
  private volatile JournalLimits limits;
  private volatile Open open = new Open(Totals.NONE);
  private volatile String broken = NOT_OPEN;
  private volatile Instant provenAt;

  /** The intents that wait; replaced as a whole when a file is opened. */
  private static final class Open {
    private final ConcurrentSkipListMap<Long, IntentStanding> bySequence =
        new ConcurrentSkipListMap<>();
    private final Map<UUID, IntentStanding> byCommand = new ConcurrentHashMap<>();
    private final Map<HttpKey.Name, IntentStanding> byKey = new ConcurrentHashMap<>();
    private volatile Totals totals;

    Open(Totals totals) {
      this.totals = totals;
    }

    void add(IntentStanding intent) {
      bySequence.put(intent.sequence(), intent);
      byCommand.put(intent.id().value(), intent);
      byKey.put(intent.key().name(), intent);
    }

    void remove(IntentStanding intent) {
      bySequence.remove(intent.sequence());
      byCommand.remove(intent.id().value());
      byKey.remove(intent.key().name());
    }

    Optional<Instant> oldest() {
      Map.Entry<Long, IntentStanding> first = bySequence.firstEntry();
      return first == null ? Optional.empty() : Optional.of(first.getValue().acceptedAt());
    }
  }

  /**
   * A journal in a folder of its own; {@link #selfTest} opens it.
   *
   * @param folder made when it is not there; no other process may use it
   */
  public Journal(Path folder, JournalLimits limits, Clock clock, JournalMeters meters) {
    this.usual = limits;
    this.limits = limits;
    this.clock = clock;
    this.meters = meters;
    this.writer = new JournalWriter(new JournalFile(folder, clock), new FileOwner(), limits);
    this.test = new JournalSelfTest(writer, clock, limits.keptEnded());
    meters.up().from(() -> health().up() ? 1 : 0);
    meters.waiting().from(() -> open.totals.count());
    meters.oldestSeconds().from(() -> health().oldestAge().toSeconds());
    meters.valueMinor().from(() -> most(open.totals));
    writer.start();
  }

  private static long most(Totals totals) {
    Collection<Long> sums = totals.minor().values();
    return sums.isEmpty() ? 0 : Collections.max(sums);
  }

  private final class FileOwner implements JournalWriter.Owner {
    @Override
    public Totals opened(JournalStore store) throws SQLException {
      Open found = new Open(Totals.NONE);
      Totals totals = Totals.NONE;
      for (long sequence : store.open()) {
        Row row = store.bySequence(sequence).orElseThrow();
        if (JournalSelfTest.isProbe(row.intent())) {
          store.delete(sequence);
        } else {
          found.add(row.standing());
          totals = totals.plus(row.standing());
        }
      }
      store.commit();
      found.totals = totals;
      open = found;
      broken = null;
      if (totals.count() > 0) {
        LOG.warn("the journal has {} intents to be executed", totals.count());
      }
      return totals;
    }

    @Override
    public void failed(String reason) {
      broken = reason;
    }
  }

  /**
   * Writes an intent durably, unless one is there under its key.
   *
   * @return where it stands once it is on the disk, or where the one stands that was there before;
   *     fails with {@link dev.holdfast.kernel.Unavailable} when it is not taken: {@code
   *     journal_full}, {@code intent_too_valuable}, {@code journal_down}, {@code overloaded}
   */
  public Future<IntentStanding> accept(Intent intent) {
    return writer.submit(group -> accept(group, intent));
  }

  private IntentStanding accept(Group group, Intent intent) throws SQLException {
    Optional<Row> there = group.store().byKey(intent.key().name());
    if (there.isPresent()) {
      return there.get().standing();
    }
    var refusal = JournalRules.refusal(limits, group.totals(), open.oldest(), intent);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    IntentStanding standing = IntentStanding.open(group.store().insert(intent), intent);
    Totals totals = group.totals().plus(standing);
    group.totals(totals);
    group.afterCommit(
        () -> {
          open.add(standing);
          open.totals = totals;
          meters.accepted();
        });
    return standing;
  }

  /** The intent of a command, if it waits; from memory. */
  public Optional<IntentStanding> waiting(UUID command) {
    return Optional.ofNullable(open.byCommand.get(command));
  }

  /** The intent of a request, if it waits; from memory. */
  public Optional<IntentStanding> waiting(HttpKey.Name key) {
    return Optional.ofNullable(open.byKey.get(key));
  }

  /** All that wait, in the order of acceptance; from memory, and it may change meanwhile. */
  public Collection<IntentStanding> waiting() {
    return Collections.unmodifiableCollection(open.bySequence.values());
  }

  /** The intent of a command, ended ones too as long as their ends are kept. */
  public Future<Optional<IntentStanding>> find(UUID command) {
    Optional<IntentStanding> waits = waiting(command);
    return waits.isPresent()
        ? Future.succeededFuture(waits)
        : writer.submit(group -> group.store().byCommand(command).map(Row::standing));
  }

  /** What an intent says; empty when its row is not what was accepted. */
  Future<Optional<Intent>> read(IntentStanding standing) {
    return writer.submit(
        group ->
            group
                .store()
                .bySequence(standing.sequence())
                .filter(row -> row.intact() && row.intent().id().equals(standing.id()))
                .map(Row::intent));
  }

  /**
   * Ends an intent for good.
   *
   * @param why or null when it was taken
   */
  Future<Void> end(IntentStanding standing, End end, Refusal why) {
    return writer.submit(
        group -> {
          if (!group.store().end(standing.sequence(), end, why, clock.now())) {
            return null;
          }
          Totals totals = group.totals().minus(standing);
          group.totals(totals);
          group.afterCommit(
              () -> {
                open.remove(standing);
                open.totals = totals;
                meters.ended(end);
              });
          return null;
        });
  }

  /** Opens the file if it is closed, and proves that it works; see {@link JournalSelfTest}. */
  public Future<Void> selfTest() {
    return test.run()
        .onSuccess(proven -> provenAt = clock.now())
        .onFailure(cause -> LOG.error("the self-test of the journal failed: {}", cause.toString()));
  }

  /** From now on it has no room, or again as much as its limits say. What it has it keeps. */
  public void fill(boolean full) {
    limits = full ? usual.full() : usual;
  }

  /**
   * Overwrites a page of its file, as a bad disk would: the one that the index of what waits begins
   * at. It is found when the file is opened again, and what waits is rescued from the table.
   *
   * @return completes when it is done; fails with {@link IllegalStateException} when there is no
   *     file now
   */
  public Future<Void> spoil() {
    AtomicBoolean done = new AtomicBoolean();
    return writer
        .submit(
            group -> {
              group.store().spoil();
              done.set(true);
              throw new SQLException("a page of the file was overwritten");
            })
        .transform(
            end ->
                done.get()
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new IllegalStateException("the journal has no file now", end.cause())));
  }

  /** Whether its file can't be used; a full journal is not broken. */
  boolean isBroken() {
    return broken != null;
  }

  /** How it is now; from memory. */
  public JournalHealth health() {
    Totals totals = open.totals;
    Optional<Instant> oldest = open.oldest();
    Instant now = clock.now();
    String cause = broken;
    Optional<String> why =
        cause == null
            ? JournalRules.full(limits, totals, oldest, now)
            : Optional.of("cannot be used: " + cause);
    Duration age = oldest.map(at -> Duration.between(at, now)).orElse(Duration.ZERO);
    return new JournalHealth(
        why.isEmpty() && provenAt != null,
        why.orElse(provenAt == null ? "not proven yet" : "takes intents"),
        totals.count(),
        totals.minor(),
        age.isNegative() ? Duration.ZERO : age,
        provenAt);
  }

  /** Commits of the file since the process started. Any thread. */
  long commits() {
    return writer.commits();
  }

  /** Ends what waits for the file and closes it. Blocks for ten seconds at most. */
  @Override
  public void close() {
    writer.stop();
  }
}
