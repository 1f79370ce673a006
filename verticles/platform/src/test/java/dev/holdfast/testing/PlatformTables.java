package dev.holdfast.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The platform's tables in a test's database, without the migrations' own history. */
public final class PlatformTables {
  private static final String NODE =
      """
      CREATE TABLE holdfast.node (
        node_id     text        NOT NULL PRIMARY KEY,
        fence       bigint      NOT NULL,
        lease_until timestamptz NOT NULL,
        taken_at    timestamptz NOT NULL)
      """;

  private PlatformTables() {}

  /** Makes the schema and the tables of lanes, runs, outbox and dead letters. */
  public static void create(TestDatabase database) {
    database.execute("CREATE SCHEMA holdfast");
    database.execute(NODE);
    database.execute(resource("/db/holdfast/V010__lanes_runs_outbox.sql"));
  }

  private static String resource(String path) {
    try (InputStream in = PlatformTables.class.getResourceAsStream(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(path, failure);
    }
  }
}
