package dev.holdfast.testing;

/** The platform's own tables in a test's database. */
public final class PlatformSchema {
  private PlatformSchema() {}

  /** Makes them anew and empty by the shipped migrations, with partitions around today. */
  public static void recreate(TestDatabase database) {
    database.execute("DROP SCHEMA IF EXISTS holdfast CASCADE");
    MigratedDatabase.prepare(database, "db/holdfast");
    database.execute("SELECT holdfast.make_reply_partitions(current_date - 3, 8)");
  }
}
