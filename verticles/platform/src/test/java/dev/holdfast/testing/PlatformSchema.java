package dev.holdfast.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The platform's own tables in a test's database. */
public final class PlatformSchema {
  private static final String TABLES = "/db/holdfast/V010__lanes_runs_outbox.sql";

  private PlatformSchema() {}

  /** Makes them anew and empty, with partitions around today. */
  public static void recreate(TestDatabase database) {
    database.execute("DROP SCHEMA IF EXISTS holdfast CASCADE");
    database.execute("CREATE SCHEMA holdfast");
    database.execute(text());
    database.execute("SELECT holdfast.make_reply_partitions(current_date - 3, 8)");
  }

  private static String text() {
    try (InputStream sql = PlatformSchema.class.getResourceAsStream(TABLES)) {
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
