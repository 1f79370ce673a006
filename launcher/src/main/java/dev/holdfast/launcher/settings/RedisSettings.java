package dev.holdfast.launcher.settings;

import dev.holdfast.kernel.Secret;

/**
 * An optional Redis, in which snapshots are kept besides this process's memory.
 *
 * @param enabled whether it is used
 * @param host where it is
 * @param port where it listens, 1 to 65535
 * @param user empty for the default one
 * @param password empty for none
 * @param database its number, 0 to 10000
 * @param maxConnections to it at once, 1 to 1000
 * @param answerMs how long a question waits for it, 1 to 10000
 */
public record RedisSettings(
    boolean enabled,
    String host,
    int port,
    String user,
    Secret password,
    int database,
    int maxConnections,
    int answerMs) {
  public RedisSettings {
    Ranges.between("port", 1, Ranges.PORT_MAX, port);
    Ranges.between("database", 0, 10_000, database);
    Ranges.between("maxConnections", 1, 1_000, maxConnections);
    Ranges.between("answerMs", 1, 10_000, answerMs);
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must not be empty");
    }
  }

  static RedisSettings shipped() {
    return new RedisSettings(false, "127.0.0.1", 6_379, "", Secret.of(""), 0, 4, 200);
  }

  /** The same, used, at another place. */
  public RedisSettings at(String otherHost, int otherPort) {
    return new RedisSettings(
        true, otherHost, otherPort, user, password, database, maxConnections, answerMs);
  }
}
