package dev.holdfast.postgres;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far this node has seen its database come: the committed renewals of its lease, in a file of
 * the data folder, a few seconds late at most. A database that knows fewer of them is an older one,
 * such as a restored backup. Events that were told, answers that were given and the books of
 * partners are ahead of it, so nobody goes on with it unasked.
 */
public final class SeenDatabase extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(SeenDatabase.class);
  private static final String FILE = "database-seen";
  private static final Duration EVERY = Duration.ofSeconds(3);

  /** The shared workers would be twenty threads after a minute, for one small file. */
  private static final String THREAD = "holdfast-database-seen";

  private final Path file;
  private final NodeLease lease;
  private WorkerExecutor thread;
  private long kept;
  private boolean writing;

  /**
   * @param folder the data folder; there is one node to a folder
   */
  public SeenDatabase(Path folder, NodeLease lease) {
    this.file = folder.resolve(FILE);
    this.lease = lease;
  }

  /**
   * Why the database is not the one that was seen; empty when nothing speaks against it. Blocks:
   * for the launcher, before the loops.
   *
   * @throws IllegalStateException when the file holds something else
   */
  public Optional<String> objection() {
    long seen = seen();
    return lease.renewals() > seen
        ? Optional.empty()
        : Optional.of(
            ("the database is older than what this data folder has seen of it (%d renewals of its"
                    + " lease, and %d were seen): was a backup restored? What was told and answered"
                    + " since is not in it. To go on with it all the same, remove %s")
                .formatted(lease.renewals(), seen, file));
  }

  private long seen() {
    try {
      return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : -1;
    } catch (NumberFormatException other) {
      throw new IllegalStateException(file + " holds no number", other);
    } catch (IOException failure) {
      throw new UncheckedIOException("what was seen of the database, in " + file, failure);
    }
  }

  @Override
  public Future<?> start() {
    thread = vertx.createSharedWorkerExecutor(THREAD, 1);
    vertx.setPeriodic(EVERY.toMillis(), tick -> keep());
    return keep();
  }

  @Override
  public Future<?> stop() {
    return keep().eventually(thread::close);
  }

  /** A file that can't be written makes the next start know less, and stops nobody. */
  private Future<?> keep() {
    long now = lease.renewals();
    if (writing || now <= kept) {
      return Future.succeededFuture();
    }
    writing = true;
    return thread
        .executeBlocking(() -> write(now), false)
        .onSuccess(written -> kept = now)
        .onFailure(failure -> LOG.warn("{} can't be written: {}", file, failure.toString()))
        .onComplete(done -> writing = false)
        .otherwiseEmpty();
  }

  private Path write(long renewals) throws IOException {
    Path unfinished = file.resolveSibling(FILE + ".new");
    Files.writeString(unfinished, renewals + "\n");
    return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
