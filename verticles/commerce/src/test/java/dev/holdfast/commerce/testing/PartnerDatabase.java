package dev.holdfast.commerce.testing;

import dev.holdfast.kernel.Clock;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.PostgresSettings;
import dev.holdfast.testing.MigratedDatabase;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Vertx;
import java.time.Duration;

/** A database in which a simulated partner keeps its books. */
public final class PartnerDatabase {
  private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(15);

  private PartnerDatabase() {}

  /** As the role that owns it; closed by whoever opened it. */
  public static Database open(Vertx vertx, TestDatabase own) {
    PostgresSettings settings = PostgresSettings.of("partner", MigratedDatabase.superuser(own));
    return Database.open(vertx, settings.withConnectionTimeout(CONNECTS_WITHIN), Clock.system());
  }
}
