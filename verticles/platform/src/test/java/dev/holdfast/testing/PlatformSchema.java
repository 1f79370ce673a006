package dev.holdfast.testing;

import dev.holdfast.postgres.PostgresLogin;
import java.util.stream.Stream;

/** The platform's own tables in a test's database. */
public final class PlatformSchema {
  private static final String PLATFORM = "db/holdfast";
  private static final String PARTITIONS =
      "SELECT holdfast.make_reply_partitions(current_date - 3, 8)";

  private PlatformSchema() {}

  /** Makes them anew and empty by the shipped migrations, with partitions around today. */
  public static void recreate(TestDatabase database) {
    database.execute("DROP SCHEMA IF EXISTS holdfast CASCADE");
    MigratedDatabase.prepare(database, PLATFORM);
    database.execute(PARTITIONS);
  }

  /**
   * Makes them anew and empty, and beside them a test agent's own.
   *
   * @param statements make tables in the schema {@code public}, whose former ones are dropped
   * @param locations of shipped migrations, such as {@code db/inventory}
   * @return how the application enters, who may read and write them
   */
  public static PostgresLogin with(
      TestDatabase database, Iterable<String> statements, String... locations) {
    String[] all = Stream.concat(Stream.of(PLATFORM), Stream.of(locations)).toArray(String[]::new);
    database.execute("DROP SCHEMA IF EXISTS holdfast, public CASCADE");
    database.execute("CREATE SCHEMA public");
    PostgresLogin application = MigratedDatabase.prepare(database, all);
    database.execute(PARTITIONS);
    statements.forEach(database::execute);
    database.execute("GRANT USAGE ON SCHEMA public TO PUBLIC");
    database.execute(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO PUBLIC");
    return application;
  }
}
