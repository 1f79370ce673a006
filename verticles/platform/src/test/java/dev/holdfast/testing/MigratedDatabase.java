package dev.holdfast.testing;

import dev.holdfast.kernel.Clock;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Migrations;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.postgres.PostgresSettings;
import dev.holdfast.postgres.RoleStore;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/** A test's database with the tables of some owners, entered as the application. */
public final class MigratedDatabase {
  private static final String PASSWORD = "of-the-tests";

  private MigratedDatabase() {}

  /** Makes the roles and applies the migrations of the locations, such as {@code db/holdfast}. */
  public static PostgresLogin prepare(TestDatabase database, String... locations) {
    PostgresLogin application = superuser(database).as(RoleStore.APPLICATION, PASSWORD);
    RoleStore.prepare(superuser(database), migrator(database), application);
    new Migrations(List.of(locations)).apply(migrator(database));
    return application;
  }

  /** The same, and a pool of 8 for the application, patient with a busy machine. */
  public static Database open(Vertx vertx, TestDatabase database, String... locations) {
    PostgresSettings settings =
        PostgresSettings.of("test", prepare(database, locations))
            .withConnectionTimeout(Duration.ofSeconds(10));
    return Database.open(vertx, settings, Clock.system());
  }

  /** The superuser of the test's server. */
  public static PostgresLogin superuser(TestDatabase database) {
    return new PostgresLogin(
        database.host(), database.port(), database.name(), database.user(), database.password());
  }

  /** The role that owns the tables. */
  public static PostgresLogin migrator(TestDatabase database) {
    return superuser(database).as(RoleStore.MIGRATOR, PASSWORD);
  }
}
