package dev.holdfast.launcher.servers;

import dev.holdfast.commerce.shared.Schemas;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.launcher.process.Waiting;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Migrations;
import dev.holdfast.postgres.PoolFigures;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.postgres.PostgresSettings;
import dev.holdfast.postgres.RoleStore;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.telemetry.PoolReadings;
import dev.holdfast.telemetry.StatementMeters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/**
 * The databases and the pools on them: our own with four pools (lanes, questions, a reserved one
 * for leases and incidents, one for probes), and one of each simulated partner.
 *
 * @param lanes transactions of the agents
 * @param queries questions, run rows, the relay
 * @param reserved never under load: leases, incidents
 * @param probes never used but to see whether the database is there
 * @param payments the payment simulator's own
 * @param carriers the carrier simulator's own
 */
public record Databases(
    Database lanes,
    Database queries,
    Database reserved,
    Database probes,
    Database payments,
    Database carriers) {
  /** Our own database. */
  public static final String OWN = "holdfast";

  /** The payment simulator's. */
  public static final String PAYMENTS = "payment_provider";

  /** The carrier simulator's. */
  public static final String CARRIERS = "carriers";

  private static final Duration MIGRATE_WITHIN = Duration.ofMinutes(2);
  private static final Duration CHECK_WITHIN = Duration.ofSeconds(10);

  /**
   * Makes databases and roles where they are missing, opens the pools and migrates. Blocks.
   *
   * @param watch what watches the others, with loops of its own
   * @param server a role that may create databases and roles, by the platform's way
   * @param ofPartners the same by the partners' way
   */
  public static Databases open(
      Vertx vertx,
      Vertx watch,
      PostgresLogin server,
      PostgresLogin ofPartners,
      Credentials credentials,
      Clock clock) {
    PostgresLogin migrator = login(server, OWN, RoleStore.MIGRATOR, credentials);
    PostgresLogin application = login(server, OWN, RoleStore.APPLICATION, credentials);
    RoleStore.prepare(server, migrator, application);
    PostgresLogin payments = partner(ofPartners, PAYMENTS, credentials);
    PostgresLogin carriers = partner(ofPartners, CARRIERS, credentials);
    Databases opened =
        new Databases(
            Database.open(vertx, lanes(application), clock),
            Database.open(vertx, queries(application), clock),
            pool(vertx, "reserved", application, 2, 64, clock),
            pool(watch, "probes", application, 4, 8, clock),
            Database.open(vertx, simulator("payment-simulator", payments), clock),
            Database.open(vertx, simulator("carrier-simulator", carriers), clock));
    Migrations migrations = new Migrations(Schemas.LOCATIONS);
    Waiting.onceAvailable(
        () ->
            migrations.applyMissing(
                vertx, opened.reserved, Deadline.in(CHECK_WITHIN, clock), migrator),
        MIGRATE_WITHIN,
        "migrating the database");
    return opened;
  }

  /** Lanes ask the same few statements with any number of keys: one plan each serves them all. */
  private static PostgresSettings lanes(PostgresLogin application) {
    return byKey(PostgresSettings.of("lanes", application))
        .withPool(16, 256)
        .withSession("plan_cache_mode", "force_generic_plan")
        .withSession("jit", "off");
  }

  /** Pages with filters left out get plans of their own. */
  private static PostgresSettings queries(PostgresLogin application) {
    return byKey(PostgresSettings.of("queries", application)).withPool(8, 512);
  }

  private static PostgresSettings simulator(String name, PostgresLogin partner) {
    return byKey(PostgresSettings.of(name, partner))
        .withPool(3, 512)
        .withSession("plan_cache_mode", "force_generic_plan");
  }

  /**
   * Rows are looked up by key, always: the planner, which knows nothing of tables that were just
   * made, is kept from reading them whole, and from staying with such a plan while they grow.
   */
  private static PostgresSettings byKey(PostgresSettings settings) {
    return settings
        .withSession("enable_seqscan", "off")
        .withSession("enable_hashjoin", "off")
        .withSession("enable_mergejoin", "off");
  }

  private static PostgresLogin partner(PostgresLogin server, String name, Credentials credentials) {
    PostgresLogin owner = login(server, name, name + "_owner", credentials);
    RoleStore.prepare(server, owner, login(server, name, name + "_reader", credentials));
    return owner;
  }

  private static PostgresLogin login(
      PostgresLogin server, String database, String role, Credentials credentials) {
    return new PostgresLogin(
        server.host(), server.port(), database, role, credentials.secret("postgres/" + role));
  }

  private static Database pool(
      Vertx vertx, String name, PostgresLogin login, int size, int waiting, Clock clock) {
    return Database.open(vertx, PostgresSettings.of(name, login).withPool(size, waiting), clock);
  }

  /** The pools over which agents work, as they are now. */
  public List<PoolFigures> figuresOfAgents() {
    return List.of(lanes.figures(), queries.figures(), reserved.figures());
  }

  /** Shows every pool's figures, and the statements of those that aren't a simulator's. */
  public void show(Meters meters) {
    for (Database pool : List.of(lanes, queries, reserved, probes, payments, carriers)) {
      meters.pool(pool.figures().name(), new Readings(pool));
    }
    StatementMeters statements = meters.statements();
    List.of(lanes, queries, reserved, probes).forEach(own -> own.show(statements));
  }

  private record Readings(Database pool) implements PoolReadings {
    @Override
    public int connections() {
      return pool.figures().open();
    }

    @Override
    public int inUse() {
      return pool.figures().inUse();
    }

    @Override
    public int waiting() {
      return pool.figures().waiting();
    }

    @Override
    public long cuts() {
      return pool.figures().cuts();
    }

    @Override
    public long commitsUnknown() {
      return pool.figures().commitsUnknown();
    }

    @Override
    public long statements() {
      return pool.figures().statements();
    }
  }

  /** Closes all pools but the one for probes, which {@link #probes} alone has on its own loops. */
  public Future<?> close() {
    return Future.join(
        List.of(
            lanes.close(), queries.close(), reserved.close(), payments.close(), carriers.close()));
  }
}
