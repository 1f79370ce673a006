package dev.holdfast.journal;

import dev.holdfast.journal.JournalStore.Row;
import dev.holdfast.kernel.Clock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the journal lies, and what is done when its file is damaged or gone: what can be read is
 * put into a new file, then the damaged one is set aside, then the new one takes its place. Broken
 * off at any point, the next opening does it again or finds it done.
 */
final class JournalFile {
  private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);

  /** What SQLite answers when the file is no sound database. */
  private static final int CORRUPT = 11;

  private static final int NOT_A_DATABASE = 26;

  /** Rows of a damaged file that are looked for one by one, the last ones. */
  private static final long LOOKED_UP_MAX = 1_000_000;

  private final Path file;
  private final Path next;
  private final Clock clock;
  private Object identity;

  JournalFile(Path folder, Clock clock) {
    this.file = folder.resolve("journal.db");
    this.next = folder.resolve("journal.next.db");
    this.clock = clock;
  }

  static boolean isDamage(SQLException cause) {
    int code = cause.getErrorCode() & 0xff;
    return code == CORRUPT || code == NOT_A_DATABASE;
  }

  /**
   * Opens the file; one that is damaged is replaced.
   *
   * @throws SQLException when it can't be opened now, or can't be replaced
   */
  JournalStore open() throws SQLException {
    try {
      makeFolder(file.getParent());
      if (Files.notExists(file) && Files.exists(next)) {
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException unusable) {
      throw new SQLException("the folder of the journal cannot be used", unusable);
    }
    JournalStore store = null;
    try {
      store = JournalStore.open(file);
      Optional<String> damage = store.damage();
      if (damage.isEmpty()) {
        return opened(store);
      }
      LOG.error("the journal {} is damaged: {}", file, damage.get());
    } catch (SQLException failed) {
      if (!isDamage(failed)) {
        closeQuietly(store);
        throw failed;
      }
      LOG.error("the journal {} is damaged", file, failed);
    }
    return replace(store);
  }

  /** What intents say is personal data. */
  private static void makeFolder(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      Files.createDirectories(folder.getParent());
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** Whether the file is still the one that was opened. */
  boolean isInPlace() {
    try {
      return Objects.equals(identity, identity());
    } catch (IOException gone) {
      return false;
    }
  }

  private Object identity() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private JournalStore opened(JournalStore store) throws SQLException {
    try {
      identity = identity();
      return store;
    } catch (IOException gone) {
      store.close();
      throw new SQLException("the journal went away while it was opened", gone);
    }
  }

  /**
   * Puts a new file in the place of a damaged or moved one.
   *
   * @param old the damaged one as far as it can be read, or null; it is closed
   */
  JournalStore replace(JournalStore old) throws SQLException {
    List<Row> rescued = old == null ? List.of() : readable(old);
    closeQuietly(old);
    try {
      for (Path part : parts(next)) {
        Files.deleteIfExists(part);
      }
      try (JournalStore fresh = JournalStore.open(next)) {
        for (Row row : rescued) {
          fresh.putBack(row);
        }
        fresh.commit();
      }
      setAside();
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    } catch (IOException failed) {
      throw new SQLException("the journal cannot be replaced", failed);
    }
    LOG.error("the journal begins anew with {} intents of the one before", rescued.size());
    return opened(JournalStore.open(file));
  }

  private void setAside() throws IOException {
    String suffix = ".damaged-" + clock.now().toEpochMilli();
    for (Path part : parts(file)) {
      if (Files.exists(part)) {
        Path aside = part.resolveSibling(part.getFileName() + suffix);
        Files.move(part, aside, StandardCopyOption.ATOMIC_MOVE);
        LOG.error("the damaged journal was set aside as {}", aside);
      }
    }
  }

  private static List<Path> parts(Path database) {
    String name = database.getFileName().toString();
    return List.of(
        database, database.resolveSibling(name + "-wal"), database.resolveSibling(name + "-shm"));
  }

  /** The intents that wait and can be read, whatever lies broken between them. */
  private static List<Row> readable(JournalStore damaged) {
    List<Row> readable = new ArrayList<>();
    int broken = 0;
    for (long sequence : sequences(damaged)) {
      try {
        Optional<Row> row = damaged.bySequence(sequence);
        if (row.isPresent() && row.get().standing().isOpen()) {
          if (row.get().intact()) {
            readable.add(row.get());
          } else {
            broken++;
          }
        }
      } catch (SQLException | RuntimeException unreadable) {
        broken++;
      }
    }
    if (broken > 0) {
      LOG.error("{} rows of the damaged journal cannot be read", broken);
    }
    return readable;
  }

  private static List<Long> sequences(JournalStore damaged) {
    try {
      return damaged.open();
    } catch (SQLException lost) {
      try {
        List<Long> all = new ArrayList<>();
        long last = damaged.last();
        for (long at = Math.max(1, last - LOOKED_UP_MAX); at <= last; at++) {
          all.add(at);
        }
        return all;
      } catch (SQLException alsoLost) {
        LOG.error("nothing of the damaged journal can be read", alsoLost);
        return List.of();
      }
    }
  }

  private static void closeQuietly(JournalStore store) {
    if (store != null) {
      try {
        store.close();
      } catch (SQLException ignored) {
        LOG.debug("the damaged journal did not close", ignored);
      }
    }
  }
}
