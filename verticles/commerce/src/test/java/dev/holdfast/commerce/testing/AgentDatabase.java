package dev.holdfast.commerce.testing;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.testing.MigratedDatabase;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A database with the schema of one agent, entered as the role the platform enters it. */
public final class AgentDatabase implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Database database;

  /**
   * Makes the schema and opens the pool.
   *
   * @param agent whose migrations are run, as its folder below {@code db} is named
   */
  public AgentDatabase(TestDatabase server, String agent) {
    database = MigratedDatabase.open(vertx, server, "db/" + agent);
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
