package dev.holdfast.launcher.days;

import dev.holdfast.postgres.PostgresLogin;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

/** Reads one database, in one transaction that sees one moment. Blocks. */
final class LedgerReader implements AutoCloseable {
  private static final int CONNECT_SECONDS = 10;
  private static final int ANSWER_SECONDS = 60;

  private final PostgresLogin login;
  private final Connection connection;

  /**
   * Enters the database.
   *
   * @throws LedgerUnreadable when it can't be reached
   */
  LedgerReader(PostgresLogin login) {
    this.login = login;
    Properties as = new Properties();
    as.setProperty("user", login.user());
    as.setProperty("password", login.password());
    as.setProperty("loginTimeout", Integer.toString(CONNECT_SECONDS));
    as.setProperty("socketTimeout", Integer.toString(ANSWER_SECONDS));
    String url =
        "jdbc:postgresql://%s:%d/%s".formatted(login.host(), login.port(), login.database());
    try {
      connection = DriverManager.getConnection(url, as);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
    } catch (SQLException unreachable) {
      throw new LedgerUnreadable(login, unreachable);
    }
  }

  /** The only row of a statement, its columns by name, null as 0. */
  Map<String, Long> figures(String sql) {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      row.next();
      Map<String, Long> figures = new LinkedHashMap<>();
      for (int at = 1; at <= row.getMetaData().getColumnCount(); at++) {
        figures.put(row.getMetaData().getColumnName(at), row.getLong(at));
      }
      return figures;
    } catch (SQLException failed) {
      throw new LedgerUnreadable(login, failed);
    }
  }

  /** Rows of a text and a number. */
  Map<String, Long> counts(String sql) {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      Map<String, Long> counts = new LinkedHashMap<>();
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getLong(2));
      }
      return counts;
    } catch (SQLException failed) {
      throw new LedgerUnreadable(login, failed);
    }
  }

  /** Rows of texts, asked for by one. */
  void texts(String sql, String argument, Consumer<String[]> reader) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, argument);
      try (ResultSet rows = statement.executeQuery()) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          String[] row = new String[columns];
          for (int at = 0; at < columns; at++) {
            row[at] = rows.getString(at + 1);
          }
          reader.accept(row);
        }
      }
    } catch (SQLException failed) {
      throw new LedgerUnreadable(login, failed);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException gone) {
      throw new LedgerUnreadable(login, gone);
    }
  }

  /** The books can't be read now. */
  static final class LedgerUnreadable extends RuntimeException {
    LedgerUnreadable(PostgresLogin login, SQLException cause) {
      this("the database " + login + " cannot be read: " + cause.getMessage(), cause);
    }

    LedgerUnreadable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
