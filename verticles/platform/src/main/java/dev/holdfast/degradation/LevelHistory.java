package dev.holdfast.degradation;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Keeps every change of level as a row, and the latest in memory, where they are read from. A
 * change is often that the database can't be written: what waits is written when it can. Told and
 * asked on any thread.
 */
public final class LevelHistory extends VerticleBase implements DegradationListener {
  /** Changes in memory, and as many that wait to be written; older ones are left out then. */
  public static final int LIMIT = 500;

  /** How long a row is kept. */
  public static final Duration KEPT = Duration.ofDays(90);

  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration WITHIN = Duration.ofSeconds(2);

  private final LevelChangeStore store;
  private final String node;
  private final Clock clock;
  private final Deque<RecordedChange> latest = new ArrayDeque<>();
  private final Deque<RecordedChange> unwritten = new ArrayDeque<>();
  private boolean read;
  private boolean busy;

  /**
   * @param node on which the changes are found
   */
  public LevelHistory(Database database, String node, Clock clock) {
    this.store = new LevelChangeStore(database);
    this.node = node;
    this.clock = clock;
  }

  /** Starts also while the database is away. */
  @Override
  public Future<?> start() {
    vertx.setPeriodic(EVERY.toMillis(), tick -> look());
    return Future.succeededFuture();
  }

  @Override
  public synchronized void levelChanged(LevelChange change) {
    RecordedChange told = RecordedChange.of(node, change);
    append(latest, told);
    append(unwritten, told);
  }

  @Override
  public void modeChanged(ModeChange change) {
    // A mode follows from levels and load, and is a meter.
  }

  private static void append(Deque<RecordedChange> changes, RecordedChange one) {
    changes.addLast(one);
    if (changes.size() > LIMIT) {
      changes.removeFirst();
    }
  }

  /**
   * The latest changes, of all nodes and of earlier lives as well, the newest last; from memory.
   *
   * @param limit 0 to {@value #LIMIT}
   */
  public synchronized List<RecordedChange> latest(int limit) {
    return latest.stream().skip(Math.max(0, latest.size() - limit)).toList();
  }

  /** Reads what was before, once, and writes what waits; in an outage, again at the next look. */
  private void look() {
    if (!busy) {
      busy = true;
      (read ? Future.<Void>succeededFuture() : readBefore())
          .compose(done -> writeNext())
          .onComplete(done -> busy = false);
    }
  }

  private Future<Void> readBefore() {
    return store
        .forgetBefore(clock.now().minus(KEPT), deadline())
        .compose(done -> store.latest(LIMIT, deadline()))
        .onSuccess(this::putBefore)
        .mapEmpty();
  }

  private synchronized void putBefore(List<RecordedChange> before) {
    List<RecordedChange> since = new ArrayList<>(latest);
    latest.clear();
    before.forEach(change -> append(latest, change));
    since.forEach(change -> append(latest, change));
    read = true;
  }

  private Future<Void> writeNext() {
    RecordedChange next = firstUnwritten();
    return next == null
        ? Future.succeededFuture()
        : store.write(next, deadline()).onSuccess(done -> written(next)).compose(d -> writeNext());
  }

  private synchronized RecordedChange firstUnwritten() {
    return unwritten.peekFirst();
  }

  private synchronized void written(RecordedChange change) {
    unwritten.remove(change);
  }

  private Deadline deadline() {
    return Deadline.in(WITHIN, clock);
  }
}
