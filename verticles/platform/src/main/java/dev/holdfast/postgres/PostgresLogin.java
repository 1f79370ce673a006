package dev.holdfast.postgres;

import java.util.Objects;

/**
 * Where a database is, and as whom to enter it.
 *
 * @param host name or address of the server
 * @param port 1 … 65535
 * @param database its name
 * @param user the role
 * @param password the role's; never printed
 */
public record PostgresLogin(String host, int port, String database, String user, String password) {
  public PostgresLogin {
    notBlank("host", host);
    notBlank("database", database);
    notBlank("user", user);
    Objects.requireNonNull(password, "password");
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be 1 … 65535, got " + port);
    }
  }

  /** The same server and role, another database. */
  public PostgresLogin withDatabase(String name) {
    return new PostgresLogin(host, port, name, user, password);
  }

  /** The same server and database, another role. */
  public PostgresLogin as(String otherUser, String otherPassword) {
    return new PostgresLogin(host, port, database, otherUser, otherPassword);
  }

  /** For JDBC; without user and password. */
  String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  @Override
  public String toString() {
    return user + "@" + host + ":" + port + "/" + database;
  }

  private static void notBlank(String name, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
  }
}
