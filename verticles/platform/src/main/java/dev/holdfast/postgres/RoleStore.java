package dev.holdfast.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/**
 * Makes a database and its two roles, as a superuser. Blocks: for the launcher, before the loops,
 * and only when the application's login is refused or a database is new.
 *
 * <p>The migrator owns the database and what is in it; the application owns nothing, and may do
 * what migrations grant it.
 */
public final class RoleStore {
  /** The role that the migrations grant to. */
  public static final String APPLICATION = "holdfast_app";

  /** The role that runs the migrations. */
  public static final String MIGRATOR = "holdfast_migrator";

  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  private RoleStore() {}

  /**
   * Makes what is missing, and sets both passwords. May be repeated.
   *
   * @param superuser any database of the server
   * @param migrator the role to make and the database to own
   * @param application the role to make and the same database
   * @throws IllegalStateException when the server refuses a step, naming it
   */
  public static void prepare(
      PostgresLogin superuser, PostgresLogin migrator, PostgresLogin application) {
    String database = name(migrator.database());
    if (!application.database().equals(database)) {
      throw new IllegalArgumentException("both roles must name one database, got " + application);
    }
    try (Connection server = connect(superuser)) {
      role(server, migrator);
      role(server, application);
      database(server, database, migrator.user());
      execute(server, "REVOKE ALL ON DATABASE " + database + " FROM PUBLIC");
      execute(server, "GRANT CONNECT ON DATABASE " + database + " TO " + application.user());
      // The driver evicts outdated statements by the English text of the server's message.
      execute(server, "ALTER DATABASE " + database + " SET lc_messages = 'C'");
    } catch (SQLException failure) {
      throw new IllegalStateException("no connection to " + superuser, failure);
    }
    try (Connection inside = connect(superuser.withDatabase(database))) {
      execute(inside, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
    } catch (SQLException failure) {
      throw new IllegalStateException("no connection to " + database, failure);
    }
  }

  private static Connection connect(PostgresLogin login) throws SQLException {
    return DriverManager.getConnection(login.jdbcUrl(), login.user(), login.password());
  }

  private static void role(Connection server, PostgresLogin login) {
    String role = name(login.user());
    if (!exists(server, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
      execute(server, "CREATE ROLE " + role + " LOGIN");
    }
    try {
      // Hashed on this side, so that the password reaches neither the wire nor the server's log.
      server
          .unwrap(PGConnection.class)
          .alterUserPassword(role, login.password().toCharArray(), "scram-sha-256");
    } catch (SQLException failure) {
      throw new IllegalStateException("the password of " + role + " was not set", failure);
    }
  }

  private static void database(Connection server, String database, String owner) {
    if (!exists(server, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
      execute(server, "CREATE DATABASE " + database);
    }
    execute(server, "ALTER DATABASE " + database + " OWNER TO " + owner);
  }

  private static boolean exists(Connection server, String sql, String name) {
    try (PreparedStatement statement = server.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(sql + " failed", failure);
    }
  }

  private static void execute(Connection server, String sql) {
    try (Statement statement = server.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(sql + " failed", failure);
    }
  }

  /** Names stand in statements that take no parameters. */
  private static String name(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "names of databases and roles are a-z, 0-9 and _, got " + name);
    }
    return name;
  }
}
