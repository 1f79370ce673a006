package dev.holdfast.embedded;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How an embedded PostgreSQL runs.
 *
 * @param port where it listens on the loopback address; 0 takes a free one
 * @param sharedBuffersMb PostgreSQL's own cache, 16 MB or more
 * @param maxConnections how many clients it lets in at once, 5 or more
 * @param fsync whether a commit waits for the disk; off loses data with the power
 * @param deadlockTimeout how long a lock is waited for before a deadlock is looked for
 * @param idleInTransactionTimeout after which a transaction that does nothing is ended; it frees
 *     the locks of a client that hangs
 * @param startLimit how long a start may take, and how long it waits for a former server to go
 * @param more further settings by their PostgreSQL name; they win over the ones above
 */
public record PostgresOptions(
    int port,
    int sharedBuffersMb,
    int maxConnections,
    boolean fsync,
    Duration deadlockTimeout,
    Duration idleInTransactionTimeout,
    Duration startLimit,
    Map<String, String> more) {
  public PostgresOptions {
    Limits.port("port", port);
    Limits.atLeast("sharedBuffersMb", 16, sharedBuffersMb);
    Limits.atLeast("maxConnections", 5, maxConnections);
    Limits.positive("deadlockTimeout", deadlockTimeout);
    Limits.positive("idleInTransactionTimeout", idleInTransactionTimeout);
    Limits.positive("startLimit", startLimit);
    more = Map.copyOf(more);
  }

  /** A free port, 128 MB, 100 connections, durable. */
  public static PostgresOptions defaults() {
    return of(0, 128, 100, true);
  }

  /** The usual time limits, and no further settings. */
  public static PostgresOptions of(
      int port, int sharedBuffersMb, int maxConnections, boolean fsync) {
    return new PostgresOptions(
        port,
        sharedBuffersMb,
        maxConnections,
        fsync,
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        Map.of());
  }

  /** The same on the given port; 0 takes a free one. */
  public PostgresOptions onPort(int port) {
    return new PostgresOptions(
        port,
        sharedBuffersMb,
        maxConnections,
        fsync,
        deadlockTimeout,
        idleInTransactionTimeout,
        startLimit,
        more);
  }

  /** The settings by their PostgreSQL names, without the port. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("listen_addresses", EmbeddedProcess.HOST);
    settings.put("unix_socket_directories", "");
    settings.put("shared_buffers", sharedBuffersMb + "MB");
    settings.put("max_connections", String.valueOf(maxConnections));
    settings.put("fsync", fsync ? "on" : "off");
    settings.put("deadlock_timeout", deadlockTimeout.toMillis() + "ms");
    settings.put("idle_in_transaction_session_timeout", idleInTransactionTimeout.toMillis() + "ms");
    // Messages are never shown to people, and a translated one cannot be searched for.
    settings.put("lc_messages", "C");
    settings.put("timezone", "UTC");
    settings.put("log_timezone", "UTC");
    settings.put("logging_collector", "off");
    // Compiling a query pays for long reports; ours are short.
    settings.put("jit", "off");
    // Until a new table is analysed, the planner takes any index that begins with the tenant for as
    // good as the key, and each command reads all of the tenant's rows. A minute of that is long.
    settings.put("autovacuum_naptime", "5s");
    // Tables that grow fast are analysed again and again, and rows are asked for by key: a tenth of
    // the usual sample says enough. With the usual one it took a quarter of the server's time.
    settings.put("default_statistics_target", "10");
    // After a checkpoint each page that is written goes whole into the log once more. At the usual
    // 1 GB a busy shop would have one every ten seconds, and write little else than pages.
    settings.put("max_wal_size", "4GB");
    settings.put("shared_preload_libraries", "pg_stat_statements");
    settings.putAll(more);
    return settings;
  }
}
