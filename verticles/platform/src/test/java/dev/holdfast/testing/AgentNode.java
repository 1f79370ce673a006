package dev.holdfast.testing;

import dev.holdfast.agent.Agent;
import dev.holdfast.agent.AgentHost;
import dev.holdfast.agent.HostServices;
import dev.holdfast.agent.Hosts;
import dev.holdfast.agent.LaneSettings;
import dev.holdfast.agent.NoRuns;
import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.bus.Bus;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.CommitPoints;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.postgres.PostgresSettings;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A platform of one agent behind its real lane, without workflow runs and relay. Two of them on one
 * database are two nodes.
 */
public final class AgentNode implements AutoCloseable {
  private static final Clock CLOCK = Clock.system();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Long enough that each of several at once gets a connection of its own. */
  private static final String AWAKE = "SELECT pg_sleep(0.2)";

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx, CLOCK);
  private final Database database;

  /**
   * Starts it.
   *
   * @param name the agent's
   * @param login into a database with the platform's tables and the agent's
   * @param agent makes it on its host
   */
  public AgentNode(
      String name, PostgresLogin login, BiFunction<AgentHost, Database, Agent<?, ?>> agent) {
    PostgresSettings settings =
        PostgresSettings.of(name, login).withConnectionTimeout(Duration.ofSeconds(10));
    this.database = Database.open(vertx, settings, CLOCK);
    AgentHost host =
        new AgentHost(
            name,
            LaneSettings.shipped(),
            new HostServices(
                vertx,
                bus,
                CLOCK,
                database,
                new NoRuns(),
                () -> {},
                new Meters(),
                CommitPoints.NONE,
                new Hosts()));
    AgentDriver.await(
        connect()
            .compose(connected -> vertx.deployVerticle(host))
            .compose(deployed -> vertx.deployVerticle(agent.apply(host, database))));
  }

  /**
   * Opens a lane's connections: on a machine under load that may take longer than a lane is given.
   */
  private Future<?> connect() {
    int connections = LaneSettings.shipped().connectionsMax();
    return Future.all(
        Stream.generate(() -> database.query(Deadline.in(PATIENCE, CLOCK), AWAKE, Tuple.tuple()))
            .limit(connections)
            .toList());
  }

  /** For what asks by itself. */
  public Bus bus() {
    return bus;
  }

  /** For what lives beside the agent. */
  public Vertx vertx() {
    return vertx;
  }

  /** An id that follows from a name. */
  public static CommandId id(String name) {
    return new CommandId(DerivedId.of("test", name), CLOCK.today());
  }

  /** Asks for the first time under the id that follows from the name. */
  public <R> Future<Answer<R>> ask(String name, Command<R> command) {
    return bus.ask(first(name, command));
  }

  /** Asks what was made by hand. */
  public <R> Future<Answer<R>> ask(Ask<R> ask) {
    return bus.ask(ask);
  }

  /** Asks for the undo of the command of that name. */
  public <R> Future<Answer<R>> undo(String name, Command<R> command) {
    return bus.ask(first("undo-" + name, command).undoing(id(name)));
  }

  private static <R> Ask<R> first(String name, Command<R> command) {
    return Ask.first(id(name), command, Deadline.in(PATIENCE, CLOCK));
  }

  @Override
  public void close() {
    AgentDriver.await(database.close().compose(closed -> vertx.close()));
  }
}
