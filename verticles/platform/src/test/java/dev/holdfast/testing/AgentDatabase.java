package dev.holdfast.testing;

import dev.holdfast.kernel.Clock;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.postgres.PostgresSettings;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.flywaydb.core.Flyway;

/** A database as an agent finds it: its schema migrated, entered as the application's role. */
public final class AgentDatabase implements AutoCloseable {
  private static final String ROLE = "holdfast_app";
  private static final String PASSWORD = "of-tests";

  /** Roles belong to the server, so another test class may have made it. */
  private static final String MAKE_ROLE =
      """
      DO $$ BEGIN
        CREATE ROLE holdfast_app LOGIN PASSWORD 'of-tests';
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        ALTER ROLE holdfast_app LOGIN PASSWORD 'of-tests';
      END $$
      """;

  private final Vertx vertx = Vertx.vertx();
  private final Database database;

  /**
   * Migrates an empty database and opens it.
   *
   * @param empty a database without tables
   * @param schemas folders of migrations below {@code db}, such as {@code inventory}
   */
  public static AgentDatabase open(TestDatabase empty, String... schemas) {
    empty.execute(MAKE_ROLE);
    for (String schema : schemas) {
      Flyway.configure()
          .dataSource(empty.jdbcUrl(), empty.user(), empty.password())
          .table("history_" + schema)
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .locations("classpath:db/" + schema)
          .load()
          .migrate();
    }
    return new AgentDatabase(empty);
  }

  private AgentDatabase(TestDatabase migrated) {
    PostgresLogin login =
        new PostgresLogin(migrated.host(), migrated.port(), migrated.name(), ROLE, PASSWORD);
    // A machine under load may need long for a connection, which is not what is tested.
    PostgresSettings settings =
        PostgresSettings.of("test", login).withConnectionTimeout(Duration.ofSeconds(20));
    this.database = Database.open(vertx, settings, Clock.system());
  }

  /** The pool that agents use. */
  public Database database() {
    return database;
  }

  @Override
  public void close() {
    AgentDriver.await(database.close().compose(closed -> vertx.close()));
  }
}
