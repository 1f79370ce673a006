package dev.holdfast.testing;

import dev.holdfast.embedded.PostgresProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An empty database of a real server, and how to come in.
 *
 * @param host the server's address
 * @param port the server's port
 * @param user a superuser
 * @param password the user's password
 * @param name the database
 */
public record TestDatabase(String host, int port, String user, String password, String name)
    implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** Makes a new empty database on the server. */
  public static TestDatabase create(PostgresProcess server) {
    String name = "test_" + NUMBER.incrementAndGet();
    TestDatabase database = on(server, name);
    on(server, PostgresProcess.USER).execute("CREATE DATABASE " + name);
    return database;
  }

  private static TestDatabase on(PostgresProcess server, String name) {
    return new TestDatabase(
        PostgresProcess.HOST, server.port(), PostgresProcess.USER, server.password(), name);
  }

  /** The address for JDBC, without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + name;
  }

  /** A JDBC connection, for looking at what the code under test has written. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), user, password);
  }

  /** Runs statements that give no rows. */
  public void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(sql + " failed in " + name, failure);
    }
  }

  /** The first column of the only row. */
  public long number(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(sql + " failed in " + name, failure);
    }
  }

  /** Drops the database, whoever is still connected. */
  @Override
  public void close() {
    new TestDatabase(host, port, user, password, PostgresProcess.USER)
        .execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  @Override
  public String toString() {
    return name + " on " + host + ":" + port;
  }
}
