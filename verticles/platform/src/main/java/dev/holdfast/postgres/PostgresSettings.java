package dev.holdfast.postgres;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one pool of connections behaves. Every limit has a default; see {@link #of}.
 *
 * @param name of the pool, in messages, figures and {@code pg_stat_activity}
 * @param login where and as whom
 * @param poolSize most connections, 1 … 200
 * @param waitQueueSize most callers that wait for a connection, those whose connection is being
 *     opened included; further ones are refused as overload
 * @param connectionTimeout longest wait for a connection, at least 1 ms; the caller's deadline may
 *     be sooner
 * @param statementTimeout after which the server gives a statement up; the last resort behind the
 *     callers' deadlines
 * @param lockTimeout after which the server gives up waiting for a lock
 * @param idleInTransactionTimeout after which the server ends a transaction that says nothing
 * @param session further parameters of each session, such as {@code jit} or {@code plan_cache_mode}
 */
public record PostgresSettings(
    String name,
    PostgresLogin login,
    int poolSize,
    int waitQueueSize,
    Duration connectionTimeout,
    Duration statementTimeout,
    Duration lockTimeout,
    Duration idleInTransactionTimeout,
    Map<String, String> session) {

  public PostgresSettings {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("name of the pool must not be empty");
    }
    range("poolSize", poolSize, 1, 200);
    range("waitQueueSize", waitQueueSize, poolSize, 100_000);
    positive("connectionTimeout", connectionTimeout);
    positive("statementTimeout", statementTimeout);
    positive("lockTimeout", lockTimeout);
    positive("idleInTransactionTimeout", idleInTransactionTimeout);
    session = Map.copyOf(session);
  }

  /**
   * The defaults: 8 connections, 80 waiting, 2 s for a connection, 10 s a statement, 5 s a lock and
   * 5 s idle in a transaction.
   */
  public static PostgresSettings of(String name, PostgresLogin login) {
    return new PostgresSettings(
        name,
        login,
        8,
        80,
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Map.of());
  }

  /** The same with other limits of the pool. */
  public PostgresSettings withPool(int size, int waiting) {
    return new PostgresSettings(
        name,
        login,
        size,
        waiting,
        connectionTimeout,
        statementTimeout,
        lockTimeout,
        idleInTransactionTimeout,
        session);
  }

  /** The same with another longest wait for a connection. */
  public PostgresSettings withConnectionTimeout(Duration longest) {
    return new PostgresSettings(
        name,
        login,
        poolSize,
        waitQueueSize,
        longest,
        statementTimeout,
        lockTimeout,
        idleInTransactionTimeout,
        session);
  }

  /** The same with other limits that the server keeps. */
  public PostgresSettings withServerTimeouts(Duration statement, Duration lock, Duration idle) {
    return new PostgresSettings(
        name, login, poolSize, waitQueueSize, connectionTimeout, statement, lock, idle, session);
  }

  /** The same with one more parameter of each session. */
  public PostgresSettings withSession(String parameter, String value) {
    Map<String, String> more = new TreeMap<>(session);
    more.put(parameter, value);
    return new PostgresSettings(
        name,
        login,
        poolSize,
        waitQueueSize,
        connectionTimeout,
        statementTimeout,
        lockTimeout,
        idleInTransactionTimeout,
        more);
  }

  private static void range(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be " + least + " … " + most + ", got " + value);
    }
  }

  private static void positive(String name, Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException(name + " must be at least 1 ms, got " + value);
    }
  }
}
