package dev.holdfast.journal;

import dev.holdfast.bus.HttpKey;
import dev.holdfast.journal.IntentStanding.End;
import dev.holdfast.journal.JournalStore.Row;
import dev.holdfast.journal.JournalWriter.Group;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.DerivedId;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes a probe, reads it, ends it and looks at its end, each in a commit of its own. A probe is
 * never executed; one that a crash left behind is deleted when the file is opened. Ends that were
 * kept long enough are forgotten on the way.
 */
final class JournalSelfTest {
  private static final String PROBE = "journal.Probe";

  private final JournalWriter writer;
  private final Clock clock;
  private final Duration keptEnded;

  JournalSelfTest(JournalWriter writer, Clock clock, Duration keptEnded) {
    this.writer = writer;
    this.clock = clock;
    this.keptEnded = keptEnded;
  }

  static boolean isProbe(Intent intent) {
    return intent.type().equals(PROBE);
  }

  /** Opens the file if it is closed; fails when it does not do what it must. */
  Future<Void> run() {
    Intent probe = probe();
    return writer
        .reopen(group -> group.store().insert(probe))
        .compose(sequence -> read(sequence, probe).compose(read -> delete(sequence)));
  }

  private Future<Void> read(long sequence, Intent probe) {
    return writer.submit(
        group -> {
          Row row = there(group, sequence);
          require(row.intact() && row.intent().equals(probe), "keeps what it wrote");
          group.store().end(sequence, End.TAKEN, null, clock.now());
          return null;
        });
  }

  private Future<Void> delete(long sequence) {
    return writer.submit(
        group -> {
          Row row = there(group, sequence);
          require(row.standing().end() == End.TAKEN, "keeps what it ended");
          group.store().delete(sequence);
          group.store().purge(clock.now().minus(keptEnded));
          return null;
        });
  }

  private static Row there(Group group, long sequence) throws SQLException {
    Optional<Row> row = group.store().bySequence(sequence);
    require(row.isPresent(), "finds what it wrote");
    return row.get();
  }

  private static void require(boolean holds, String what) throws SQLException {
    if (!holds) {
      throw new SQLException("the self-test did not find that the journal " + what);
    }
  }

  private Intent probe() {
    Instant now = clock.now();
    UUID id = DerivedId.of("journal-probe", now, clock.nanoTime());
    return new Intent(
        new CommandId(id, clock.today()),
        new HttpKey(0, PROBE, id.toString(), ""),
        id.toString(),
        PROBE,
        "{\"at\":\"" + now + "\"}",
        null,
        new IntentValue(0, "XXX"),
        null,
        now);
  }
}
