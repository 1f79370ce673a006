package dev.holdfast.postgres;

import dev.holdfast.kernel.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The pool, and the count of what it lent. A connection goes back whole or is dropped. */
final class Connections {
  private static final int MAX_LIFETIME_MINUTES = 30;
  private static final int STATEMENTS_CACHED = 1_024;
  private static final int STATEMENT_CHARACTERS_CACHED = 64 * 1024;

  /** How often a busy back end looks whether its client is still there. */
  private static final String CLIENT_CHECK_MS = "2000";

  private final PostgresSettings settings;
  private final Pool pool;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger inUse = new AtomicInteger();
  private final LongAdder cuts = new LongAdder();
  private final LongAdder commitsUnknown = new LongAdder();
  private final LongAdder statements = new LongAdder();
  private final StatementWatch watch;

  Connections(Vertx vertx, PostgresSettings settings, Clock clock) {
    this.settings = settings;
    this.watch = new StatementWatch(clock);
    this.pool =
        PgBuilder.pool()
            .with(poolOptions(settings))
            .connectingTo(connectOptions(settings))
            .using(vertx)
            .build();
  }

  String name() {
    return settings.name();
  }

  /** A connection, after {@code connectionTimeout} at the latest; fails as the driver does. */
  Future<SqlConnection> borrow() {
    waiting.incrementAndGet();
    return pool.getConnection()
        .onComplete(
            (connection, failure) -> {
              waiting.decrementAndGet();
              if (failure == null) {
                inUse.incrementAndGet();
              }
            });
  }

  /** Back to the pool: in no transaction, nothing in flight. */
  void giveBack(SqlConnection connection) {
    inUse.decrementAndGet();
    connection.close();
  }

  /** Away with it, and all that is in flight on it fails. */
  void drop(SqlConnection connection) {
    inUse.decrementAndGet();
    cuts.increment();
    Cut.drop(connection);
  }

  void countStatement() {
    statements.increment();
  }

  /** What is told of each statement. */
  StatementWatch watch() {
    return watch;
  }

  void countUnknownCommit() {
    commitsUnknown.increment();
  }

  PoolFigures figures() {
    return new PoolFigures(
        settings.name(),
        settings.poolSize(),
        pool.size(),
        inUse.get(),
        waiting.get(),
        settings.waitQueueSize(),
        cuts.sum(),
        commitsUnknown.sum(),
        statements.sum());
  }

  Future<Void> close() {
    return pool.close();
  }

  private static PoolOptions poolOptions(PostgresSettings settings) {
    return new PoolOptions()
        .setName(settings.name())
        .setMaxSize(settings.poolSize())
        .setMaxWaitQueueSize(settings.waitQueueSize())
        .setConnectionTimeout((int) settings.connectionTimeout().toMillis())
        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
        .setMaxLifetime(MAX_LIFETIME_MINUTES)
        .setMaxLifetimeUnit(TimeUnit.MINUTES);
  }

  private static PgConnectOptions connectOptions(PostgresSettings settings) {
    PostgresLogin login = settings.login();
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost(login.host())
            .setPort(login.port())
            .setDatabase(login.database())
            .setUser(login.user())
            .setPassword(login.password())
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheMaxSize(STATEMENTS_CACHED)
            .setPreparedStatementCacheSqlLimit(STATEMENT_CHARACTERS_CACHED)
            .addProperty("application_name", "holdfast-" + settings.name())
            .addProperty("TimeZone", "UTC")
            .addProperty("client_min_messages", "warning")
            .addProperty("statement_timeout", ms(settings.statementTimeout().toMillis()))
            .addProperty("lock_timeout", ms(settings.lockTimeout().toMillis()))
            .addProperty(
                "idle_in_transaction_session_timeout",
                ms(settings.idleInTransactionTimeout().toMillis()))
            .addProperty("client_connection_check_interval", CLIENT_CHECK_MS);
    settings.session().forEach(options::addProperty);
    return options;
  }

  private static String ms(long value) {
    return Long.toString(value);
  }
}
