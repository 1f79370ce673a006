package dev.holdfast.postgres;

import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.Flyway;

/**
 * The schema, brought up to date by Flyway: one history ({@code holdfast.migration}), a location of
 * the classpath per owner. Versions are unique over all owners; the platform has 001 … 099, and
 * each agent a hundred of its own. An owner's later migration may come after another owner's
 * greater one.
 *
 * <p>A migration runs as the migrator role, which owns all it makes, and grants what the
 * application needs to {@code holdfast_app}.
 */
public final class Migrations {
  private static final String SCHEMA = "holdfast";
  private static final String HISTORY = "migration";

  private final List<String> locations;

  /**
   * The migrations of these owners.
   *
   * @param locations folders of the classpath, such as {@code db/holdfast}
   */
  public Migrations(List<String> locations) {
    this.locations = List.copyOf(locations);
  }

  /**
   * Whether the database lacks a migration of ours, by one SELECT; the usual start needs no more.
   * Migrations that only the database knows are those of a later release and do no harm.
   *
   * @param database as the application; without a history it is behind
   */
  public Future<Boolean> areMissing(Database database, Deadline deadline) {
    Set<String> wanted = MigrationFiles.versions(locations);
    return MigrationStore.applied(database, deadline).map(applied -> !applied.containsAll(wanted));
  }

  /**
   * Applies what is missing. Blocks for as long as it takes; of several nodes one applies and the
   * others wait. Opened pools must not have prepared statements on what it changes.
   *
   * @return how many were applied
   * @throws org.flywaydb.core.api.FlywayException when one fails (it is rolled back) or when an
   *     applied one was changed since
   */
  public int apply(PostgresLogin migrator) {
    return Flyway.configure()
        .dataSource(migrator.jdbcUrl(), migrator.user(), migrator.password())
        .locations(locations.stream().map("classpath:"::concat).toArray(String[]::new))
        .schemas(SCHEMA)
        .defaultSchema(SCHEMA)
        .table(HISTORY)
        .outOfOrder(true)
        .cleanDisabled(true)
        .failOnMissingLocations(true)
        .placeholderReplacement(false)
        .validateMigrationNaming(true)
        .loggers("slf4j")
        .load()
        .migrate()
        .migrationsExecuted;
  }

  /** The two above, one after the other, off the event loops; how many were applied. */
  public Future<Integer> applyMissing(
      Vertx vertx, Database database, Deadline check, PostgresLogin migrator) {
    return areMissing(database, check)
        .compose(missing -> missing ? applyAside(vertx, migrator) : Future.succeededFuture(0));
  }

  private Future<Integer> applyAside(Vertx vertx, PostgresLogin migrator) {
    WorkerExecutor executor = vertx.createSharedWorkerExecutor("migrations", 1);
    return executor.executeBlocking(() -> apply(migrator)).eventually(executor::close);
  }
}
