package dev.holdfast.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** Reads what PostgreSQL counts of one database, as its superuser. */
final class Ledger implements AutoCloseable {
  /** A back end reports its counters at the latest after this much idleness, in ms. */
  static final long SETTLED_AFTER_MS = 11_000;

  private static final String DATABASE =
      """
      SELECT d.xact_commit, d.blks_hit, w.wal_bytes, i.fsyncs
      FROM pg_stat_database d, pg_stat_wal w,
           (SELECT coalesce(sum(fsyncs), 0) AS fsyncs FROM pg_stat_io WHERE object = 'wal') i
      WHERE d.datname = current_database()
      """;

  /** Partitions, and the peer's plain outbox, are counted under their table's name. */
  private static final String ROWS =
      """
      SELECT schemaname || '.' || regexp_replace(relname, '_([0-9]{8}|[0-9]|plain)$', '') AS table_name,
             sum(n_tup_ins) AS inserted, sum(n_tup_upd) AS updated
      FROM pg_stat_user_tables GROUP BY 1
      """;

  private final Connection connection;

  private Ledger(Connection connection) {
    this.connection = connection;
  }

  static Ledger open(Server server, String database) {
    try {
      return new Ledger(
          DriverManager.getConnection(server.jdbc(database), Server.USER, server.password()));
    } catch (SQLException failed) {
      throw new BenchException(
          "PostgreSQL refused the database " + database + ": " + failed.getMessage(), failed);
    }
  }

  /** The counters now; statements are not among what PostgreSQL counts. */
  Figures read() {
    try (Statement statement = connection.createStatement()) {
      Map<String, Figures.Rows> rows = new TreeMap<>();
      try (ResultSet table = statement.executeQuery(ROWS)) {
        while (table.next()) {
          rows.put(table.getString(1), new Figures.Rows(table.getLong(2), table.getLong(3)));
        }
      }
      try (ResultSet all = statement.executeQuery(DATABASE)) {
        all.next();
        return new Figures(
            all.getLong("xact_commit"),
            0,
            all.getLong("wal_bytes"),
            all.getLong("fsyncs"),
            all.getLong("blks_hit"),
            rows);
      }
    } catch (SQLException failed) {
      throw new BenchException("the counters cannot be read: " + failed.getMessage(), failed);
    }
  }

  /** One number. */
  long number(String sql) {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    } catch (SQLException failed) {
      throw new BenchException("PostgreSQL refused: " + failed.getMessage(), failed);
    }
  }

  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new BenchException("PostgreSQL refused: " + failed.getMessage(), failed);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException gone) {
      throw new BenchException("the connection cannot be closed: " + gone.getMessage(), gone);
    }
  }
}
