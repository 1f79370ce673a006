package dev.holdfast.launcher.failure;

import dev.holdfast.postgres.PostgresLogin;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A database as a person at its console sees it: no pool and no code of the product. */
final class Sql implements AutoCloseable {
  private static final String CONNECT_SECONDS = "30";

  private final Connection connection;

  Sql(PostgresLogin login) throws SQLException {
    Properties as = new Properties();
    as.setProperty("user", login.user());
    as.setProperty("password", login.password());
    as.setProperty("loginTimeout", CONNECT_SECONDS);
    connection =
        DriverManager.getConnection(
            "jdbc:postgresql://%s:%d/%s".formatted(login.host(), login.port(), login.database()),
            as);
  }

  /** Each statement of its own accord, or all until {@link #commit}. */
  Sql inTransaction() throws SQLException {
    connection.setAutoCommit(false);
    return this;
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The only row of a statement, its columns by name. */
  Map<String, Long> figures(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      Map<String, Long> figures = new LinkedHashMap<>();
      for (int at = 1; at <= row.getMetaData().getColumnCount(); at++) {
        figures.put(row.getMetaData().getColumnName(at), row.getLong(at));
      }
      return figures;
    }
  }

  /** All rows of a statement, each as its columns' text. */
  List<List<String>> texts(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<List<String>> texts = new ArrayList<>();
      while (row.next()) {
        List<String> columns = new ArrayList<>();
        for (int at = 1; at <= row.getMetaData().getColumnCount(); at++) {
          columns.add(row.getString(at));
        }
        texts.add(columns);
      }
      return texts;
    }
  }

  /** The only figure of a statement. */
  long figure(String sql) throws SQLException {
    return figures(sql).values().iterator().next();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
