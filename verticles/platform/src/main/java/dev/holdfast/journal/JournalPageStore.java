package dev.holdfast.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The pages of the journal's file, for faults on purpose. */
final class JournalPageStore {
  private static final String INDEX_OF_OPEN =
      "SELECT rootpage FROM sqlite_schema WHERE name = 'intent_open'";

  private static final String PAGE_SIZE = "PRAGMA page_size";

  private final Connection connection;

  JournalPageStore(Connection connection) {
    this.connection = connection;
  }

  /**
   * Closes the file, which undoes what was not committed, and overwrites the page that the index of
   * the open intents begins at.
   */
  void spoil(Path file) throws SQLException {
    long page = whole(INDEX_OF_OPEN);
    int size = Math.toIntExact(whole(PAGE_SIZE));
    connection.close();
    try (FileChannel bytes = FileChannel.open(file, StandardOpenOption.WRITE)) {
      bytes.write(ByteBuffer.allocate(size), (page - 1) * size);
      bytes.force(true);
    } catch (IOException unwritable) {
      throw new SQLException("the file cannot be spoiled", unwritable);
    }
  }

  private long whole(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getLong(1);
    }
  }
}
