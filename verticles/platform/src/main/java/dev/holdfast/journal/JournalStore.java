package dev.holdfast.journal;

import dev.holdfast.bus.HttpKey;
import dev.holdfast.journal.IntentStanding.End;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Refusal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The journal's file: one table, one connection, one thread. What is committed is on the disk
 * ({@code synchronous=FULL}); the file belongs to this connection alone.
 */
final class JournalStore implements AutoCloseable {
  private static final String[] SETUP = {
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA busy_timeout = 2000",
    """
    CREATE TABLE IF NOT EXISTS intent (
      sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
      command_id  TEXT NOT NULL UNIQUE,
      issued_on   TEXT NOT NULL,
      merchant    INTEGER NOT NULL,
      operation   TEXT NOT NULL,
      http_key    TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      lane_key    TEXT NOT NULL,
      type        TEXT NOT NULL,
      payload     TEXT NOT NULL,
      condition   TEXT,
      minor       INTEGER NOT NULL,
      currency    TEXT NOT NULL,
      owner       TEXT,
      accepted_at INTEGER NOT NULL,
      checksum    INTEGER NOT NULL,
      ended_at    INTEGER,
      ending      TEXT,
      why_kind    TEXT,
      why_code    TEXT,
      why_text    TEXT,
      traceparent TEXT
    ) STRICT
    """,
    "CREATE INDEX IF NOT EXISTS intent_open ON intent (sequence) WHERE ended_at IS NULL",
    "CREATE INDEX IF NOT EXISTS intent_ended ON intent (ended_at) WHERE ended_at IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS intent_key ON intent (merchant, operation, http_key)"
  };

  /** Files of before have no such column. */
  private static final String HAS_TRACEPARENT =
      "SELECT count(*) FROM pragma_table_info('intent') WHERE name = 'traceparent'";

  private static final String ADD_TRACEPARENT = "ALTER TABLE intent ADD COLUMN traceparent TEXT";

  private static final String CHECK = "PRAGMA quick_check(1)";

  private static final String INSERT =
      """
      INSERT INTO intent (command_id, issued_on, merchant, operation, http_key, fingerprint,
                          lane_key, type, payload, condition, minor, currency, owner, accepted_at,
                          checksum, sequence, traceparent)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      RETURNING sequence
      """;

  private static final String COLUMNS =
      """
      SELECT sequence, command_id, issued_on, merchant, operation, http_key, fingerprint, lane_key,
             type, payload, condition, minor, currency, owner, accepted_at, checksum, ended_at,
             ending, why_kind, why_code, why_text, traceparent
      FROM intent
      """;

  private static final String BY_SEQUENCE = COLUMNS + "WHERE sequence = ?";

  private static final String BY_COMMAND = COLUMNS + "WHERE command_id = ?";

  private static final String BY_KEY =
      COLUMNS + "WHERE merchant = ? AND operation = ? AND http_key = ?";

  private static final String OPEN_SEQUENCES =
      "SELECT sequence FROM intent WHERE ended_at IS NULL ORDER BY sequence";

  private static final String LAST = "SELECT coalesce(max(sequence), 0) FROM intent";

  /** Nobody needs any more what it said. */
  private static final String END =
      """
      UPDATE intent
         SET ended_at = ?, ending = ?, why_kind = ?, why_code = ?, why_text = ?,
             payload = CASE WHEN ? THEN payload ELSE '' END,
             condition = CASE WHEN ? THEN condition ELSE NULL END
       WHERE sequence = ? AND ended_at IS NULL
      """;

  private static final String DELETE = "DELETE FROM intent WHERE sequence = ?";

  private static final String PURGE =
      "DELETE FROM intent WHERE ended_at IS NOT NULL AND ended_at < ? AND ending <> 'UNREADABLE'";

  private final Path file;
  private final Connection connection;

  /**
   * A row.
   *
   * @param intact whether its checksum says that it is what was accepted; false for an ended one,
   *     which no longer says it
   */
  record Row(Intent intent, IntentStanding standing, boolean intact) {}

  private JournalStore(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** Opens the file, which is made when it is not there. */
  static JournalStore open(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    JournalStore store = new JournalStore(file, connection);
    try {
      try (Statement statement = connection.createStatement()) {
        for (String sql : SETUP) {
          statement.execute(sql);
        }
        addTraceparent(statement);
      }
      connection.setAutoCommit(false);
      connection.commit();
      return store;
    } catch (SQLException failed) {
      store.close();
      throw failed;
    }
  }

  private static void addTraceparent(Statement statement) throws SQLException {
    boolean there;
    try (ResultSet found = statement.executeQuery(HAS_TRACEPARENT)) {
      there = found.next() && found.getInt(1) > 0;
    }
    if (!there) {
      statement.execute(ADD_TRACEPARENT);
    }
  }

  /** What the file says of its own structure; empty when it is sound. */
  Optional<String> damage() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(CHECK)) {
      String told = found.next() ? found.getString(1) : "no answer";
      return told.equals("ok") ? Optional.empty() : Optional.of(told);
    }
  }

  /** Its sequence. */
  long insert(Intent intent) throws SQLException {
    return insert(intent, null);
  }

  /** Puts one back that was rescued, under the sequence that it had. */
  void putBack(Row row) throws SQLException {
    insert(row.intent(), row.standing().sequence());
  }

  private long insert(Intent intent, Long sequence) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, intent.id().value().toString());
      insert.setString(2, intent.id().issuedOn().toString());
      insert.setInt(3, intent.key().merchant());
      insert.setString(4, intent.key().operation());
      insert.setString(5, intent.key().key());
      insert.setString(6, intent.key().fingerprint());
      insert.setString(7, intent.laneKey());
      insert.setString(8, intent.type());
      insert.setString(9, intent.payload());
      insert.setString(10, intent.condition());
      insert.setLong(11, intent.value().minor());
      insert.setString(12, intent.value().currency());
      insert.setString(13, intent.owner());
      insert.setLong(14, intent.acceptedAt().toEpochMilli());
      insert.setLong(15, intent.checksum());
      insert.setObject(16, sequence);
      insert.setString(17, intent.traceparent());
      try (ResultSet made = insert.executeQuery()) {
        made.next();
        return made.getLong(1);
      }
    }
  }

  Optional<Row> bySequence(long sequence) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(BY_SEQUENCE)) {
      query.setLong(1, sequence);
      return first(query);
    }
  }

  Optional<Row> byCommand(UUID command) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(BY_COMMAND)) {
      query.setString(1, command.toString());
      return first(query);
    }
  }

  Optional<Row> byKey(HttpKey.Name key) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(BY_KEY)) {
      query.setInt(1, key.merchant());
      query.setString(2, key.operation());
      query.setString(3, key.key());
      return first(query);
    }
  }

  /** The sequences of those that wait, oldest first. */
  List<Long> open() throws SQLException {
    List<Long> open = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(OPEN_SEQUENCES)) {
      while (found.next()) {
        open.add(found.getLong(1));
      }
    }
    return open;
  }

  /** The last sequence that was given. */
  long last() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(LAST)) {
      return found.next() ? found.getLong(1) : 0;
    }
  }

  /**
   * Ends an intent.
   *
   * @param why or null when it was taken
   * @return false when it does not wait
   */
  boolean end(long sequence, End end, Refusal why, Instant now) throws SQLException {
    boolean keeps = end == End.UNREADABLE;
    try (PreparedStatement update = connection.prepareStatement(END)) {
      update.setLong(1, now.toEpochMilli());
      update.setString(2, end.name());
      update.setString(3, why == null ? null : why.kind().name());
      update.setString(4, why == null ? null : why.code());
      update.setString(5, why == null ? null : why.message());
      update.setBoolean(6, keeps);
      update.setBoolean(7, keeps);
      update.setLong(8, sequence);
      return update.executeUpdate() == 1;
    }
  }

  void delete(long sequence) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setLong(1, sequence);
      delete.executeUpdate();
    }
  }

  /** Forgets what ended before the given time. */
  void purge(Instant before) throws SQLException {
    try (PreparedStatement purge = connection.prepareStatement(PURGE)) {
      purge.setLong(1, before.toEpochMilli());
      purge.executeUpdate();
    }
  }

  /** Returns once all since the last commit is on the disk. */
  void commit() throws SQLException {
    connection.commit();
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  /** Closes the file and spoils a page of it; see {@link JournalPageStore}. */
  void spoil() throws SQLException {
    new JournalPageStore(connection).spoil(file);
  }

  private static Optional<Row> first(PreparedStatement query) throws SQLException {
    try (ResultSet found = query.executeQuery()) {
      return found.next() ? Optional.of(row(found)) : Optional.empty();
    }
  }

  private static Row row(ResultSet row) throws SQLException {
    Intent intent =
        new Intent(
            new CommandId(UUID.fromString(row.getString(2)), LocalDate.parse(row.getString(3))),
            new HttpKey(row.getInt(4), row.getString(5), row.getString(6), row.getString(7)),
            row.getString(8),
            row.getString(9),
            row.getString(10),
            row.getString(11),
            new IntentValue(row.getLong(12), row.getString(13)),
            row.getString(14),
            Instant.ofEpochMilli(row.getLong(15)),
            row.getString(22));
    boolean intact = intent.checksum() == row.getLong(16);
    IntentStanding open = IntentStanding.open(row.getLong(1), intent);
    String ending = row.getString(18);
    return new Row(intent, ending == null ? open : ended(open, ending, why(row)), intact);
  }

  private static IntentStanding ended(IntentStanding open, String ending, Refusal why) {
    return open.ended(End.valueOf(ending), why);
  }

  private static Refusal why(ResultSet row) throws SQLException {
    String code = row.getString(20);
    return code == null
        ? null
        : new Refusal(Refusal.Kind.valueOf(row.getString(19)), code, row.getString(21));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
