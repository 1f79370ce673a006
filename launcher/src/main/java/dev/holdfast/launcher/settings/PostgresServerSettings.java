package dev.holdfast.launcher.settings;

import dev.holdfast.kernel.Secret;

/**
 * Which PostgreSQL server holds the truth: one of our own when no host is named.
 *
 * @param host of an external server; empty for the embedded one
 * @param port where it listens; 0 is 5432 for an external server and any free port for the embedded
 * @param user an external server's role that may create roles and schemas
 * @param password of that role; the embedded server makes its own
 * @param database on an external server; the embedded one makes its own
 * @param sharedBuffersMb the embedded server's cache, 16 to 65536 MB
 * @param maxConnections the embedded server's clients at once, 20 to 1000
 * @param fsync whether the embedded server's commits wait for the disk
 */
public record PostgresServerSettings(
    String host,
    int port,
    String user,
    Secret password,
    String database,
    int sharedBuffersMb,
    int maxConnections,
    boolean fsync) {
  public PostgresServerSettings {
    Ranges.between("port", 0, Ranges.PORT_MAX, port);
    Ranges.between("sharedBuffersMb", 16, 65_536, sharedBuffersMb);
    Ranges.between("maxConnections", 20, 1_000, maxConnections);
    if (user.isBlank() || database.isBlank()) {
      throw new IllegalArgumentException("user and database must not be empty");
    }
  }

  static PostgresServerSettings shipped() {
    return new PostgresServerSettings("", 0, "postgres", Secret.of(""), "holdfast", 128, 100, true);
  }

  /** Whether the server is one of our own. */
  public boolean isEmbedded() {
    return host.isBlank();
  }
}
