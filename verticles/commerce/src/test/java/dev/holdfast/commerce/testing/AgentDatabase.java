package dev.holdfast.commerce.testing;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.postgres.PostgresSettings;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A database with the schema of one agent, entered as the role the platform enters it. */
public final class AgentDatabase implements AutoCloseable {
  private static final String ROLE =
      """
      DO $$ BEGIN
        CREATE ROLE holdfast_app LOGIN PASSWORD 'only for tests';
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        ALTER ROLE holdfast_app LOGIN PASSWORD 'only for tests';
      END $$
      """;

  private final Vertx vertx = Vertx.vertx();
  private final Database database;

  /**
   * Makes the schema and opens the pool.
   *
   * @param agent whose migrations are run, as its folder below {@code db} is named
   */
  public AgentDatabase(TestDatabase server, String agent) {
    server.execute(ROLE);
    migrations(agent).forEach(server::execute);
    PostgresLogin login =
        new PostgresLogin(
            server.host(), server.port(), server.name(), "holdfast_app", "only for tests");
    // A machine that runs other tests as well may take its time over a connection.
    PostgresSettings settings =
        PostgresSettings.of("tests", login).withConnectionTimeout(Duration.ofSeconds(15));
    database = Database.open(vertx, settings, Clock.system());
  }

  private static List<String> migrations(String agent) {
    Path folder = Path.of("src", "main", "resources", "db", agent);
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(AgentDatabase::text).toList();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  public Database database() {
    return database;
  }

  /** A deadline that no test should meet. */
  public static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(20), Clock.system());
  }

  /** What the future comes to; its failure is thrown. */
  public static <T> T await(Future<T> future) {
    try {
      return future.await(25, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException late) {
      throw new AssertionError("nothing within 25 s", late);
    }
  }

  @Override
  public void close() {
    await(database.close());
    await(vertx.close());
  }
}
