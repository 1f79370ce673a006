package dev.holdfast.testing;

import dev.holdfast.agent.Agent;
import dev.holdfast.agent.AgentHost;
import dev.holdfast.agent.HostServices;
import dev.holdfast.agent.Hosts;
import dev.holdfast.agent.LaneSettings;
import dev.holdfast.agent.NoRuns;
import dev.holdfast.agent.RunSignal;
import dev.holdfast.agent.RunStart;
import dev.holdfast.agent.Runs;
import dev.holdfast.agent.Runs.Started;
import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.bus.Bus;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.CommitPoints;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.Query;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.postgres.PostgresSettings;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.trace.Span;
import dev.holdfast.trace.Traces;
import dev.holdfast.workflow.Milestones;
import dev.holdfast.workflow.RunnerServices;
import dev.holdfast.workflow.RunnerSettings;
import dev.holdfast.workflow.Workflow;
import dev.holdfast.workflow.WorkflowRunner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The platform in small: agents behind their real lanes and, if wanted, a runner; no relay, no
 * supervisor. Two of them on one database are two nodes. Closing it closes all.
 */
public final class PlatformNode implements AutoCloseable {
  /** How long asks and waits may take; far more than they do. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Clock CLOCK = Clock.system();

  /** Long enough that each of several at once gets a connection of its own. */
  private static final String AWAKE = "SELECT pg_sleep(0.2)";

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus;
  private final Meters meters = new Meters();
  private final Hosts hosts = new Hosts();
  private final Database database;
  private Runs runs = new NoRuns();
  private WorkflowRunner runner;

  /**
   * A node without agents.
   *
   * @param login into a database with the platform's tables, such as {@link PlatformSchema} makes
   */
  public PlatformNode(PostgresLogin login) {
    this(login, Traces.OFF);
  }

  /** A node without agents, that is seen. */
  public PlatformNode(PostgresLogin login, Traces traces) {
    bus = new Bus(vertx, CLOCK, traces);
    database =
        Database.open(
            vertx,
            PostgresSettings.of("test", login).withConnectionTimeout(Duration.ofSeconds(10)),
            CLOCK);
  }

  /**
   * A node of one agent.
   *
   * @param name the agent's
   * @param agent makes it on its host
   */
  public static PlatformNode serving(
      String name, PostgresLogin login, BiFunction<AgentHost, Database, Agent<?, ?>> agent) {
    PlatformNode node = new PlatformNode(login);
    node.connect();
    node.seat(agent.apply(node.host(name), node.database()));
    return node;
  }

  public Vertx vertx() {
    return vertx;
  }

  public Bus bus() {
    return bus;
  }

  public Meters meters() {
    return meters;
  }

  public Database database() {
    return database;
  }

  public WorkflowRunner runner() {
    return runner;
  }

  /** What a runner of this node needs. */
  public RunnerServices running(String node, LongSupplier fence) {
    return new RunnerServices(
        vertx, bus, CLOCK, database, node, fence, meters, Reports.of(CLOCK), CommitPoints.NONE);
  }

  /** Makes the runner, before the hosts that start its runs. It walks once it is deployed. */
  public WorkflowRunner runs(
      RunnerServices services, RunnerSettings settings, Workflow<?>... definitions) {
    runner = new WorkflowRunner(services, settings, new Milestones(services), List.of(definitions));
    runs = runner;
    return runner;
  }

  /** The same on a node that nobody fences off, with the shipped settings. */
  public WorkflowRunner runs(Workflow<?>... definitions) {
    return runs(running("node", () -> 1), RunnerSettings.shipped(), definitions);
  }

  /**
   * Opens as many connections as a lane may have at once: on a machine under load that may take
   * longer than a lane is given.
   */
  public void connect() {
    AgentDriver.await(
        Future.all(
            Stream.generate(() -> database.query(deadline(), AWAKE, Tuple.tuple()))
                .limit(LaneSettings.shipped().connectionsMax())
                .toList()));
  }

  /** Deploys the host of an agent; its lane waits until the agent is seated. */
  public AgentHost host(String name, LaneSettings lanes) {
    AgentHost host =
        new AgentHost(
            name,
            lanes,
            new HostServices(
                vertx,
                bus,
                CLOCK,
                database,
                runs,
                events -> {},
                meters,
                Reports.of(CLOCK),
                CommitPoints.NONE,
                hosts));
    AgentDriver.await(vertx.deployVerticle(host));
    return host;
  }

  /** The same with the shipped settings. */
  public AgentHost host(String name) {
    return host(name, LaneSettings.shipped());
  }

  /**
   * Deploys an agent, and returns when it serves.
   *
   * @return its deployment, for {@link #unseat}
   */
  public String seat(Agent<?, ?> agent) {
    return AgentDriver.await(vertx.deployVerticle(agent));
  }

  /** Takes an agent away; its host stays, and commands wait. */
  public void unseat(String deployment) {
    AgentDriver.await(vertx.undeploy(deployment));
  }

  /** Lets the runner walk. */
  public void walk() {
    AgentDriver.await(vertx.deployVerticle(runner));
  }

  /** An id that follows from a name. */
  public static CommandId id(String name) {
    return new CommandId(DerivedId.of("test", name), CLOCK.today());
  }

  /** A first ask under the id that follows from the name. */
  public static <R> Ask<R> first(String name, Command<R> command) {
    return Ask.first(id(name), command, deadline());
  }

  /** Asks for the first time under the id that follows from the name. */
  public <R> Future<Answer<R>> ask(String name, Command<R> command) {
    return bus.ask(first(name, command));
  }

  /** Asks what was made by hand. */
  public <R> Future<Answer<R>> ask(Ask<R> ask) {
    return bus.ask(ask);
  }

  /** Asks a question. */
  public <R> Future<R> ask(Query<R> query) {
    return bus.ask(query, deadline());
  }

  /** Asks for the undo of the command of that name. */
  public <R> Future<Answer<R>> undo(String name, Command<R> command) {
    return bus.ask(first("undo-" + name, command).undoing(id(name)));
  }

  /** Enters a run in its row, as an agent's transaction does; the runner is not told. */
  public Started enter(String workflow, String key, Object input) {
    return enter(new RunStart(UUID.randomUUID(), 1, workflow, key, input));
  }

  /** The same of a start that was made by hand. */
  public Started enter(RunStart start) {
    AgentDriver.await(
        database.inTransaction(
            deadline(),
            tx -> {
              runner.insert(tx, List.of(start), CLOCK.now(), CLOCK.today());
              return Future.succeededFuture();
            }));
    return new Started(start, CLOCK.today(), null);
  }

  /** Enters a run and tells the runner. */
  public UUID begin(String workflow, String key, Object input) {
    Started started = enter(workflow, key, input);
    runner.committed(List.of(started), List.of());
    return started.start().runId();
  }

  /** Enters a run that is part of something, and tells the runner. */
  public UUID begin(String workflow, String key, Object input, Span trace) {
    Started started = enter(new RunStart(UUID.randomUUID(), 1, workflow, key, input, trace));
    runner.committed(List.of(started), List.of());
    return started.start().runId();
  }

  /** Writes a signal for a run and tells the runner. */
  public void signal(RunSignal told) {
    AgentDriver.await(
        database.inTransaction(
            deadline(),
            tx -> {
              runner.signal(tx, List.of(told), CLOCK.now());
              return Future.succeededFuture();
            }));
    runner.committed(List.of(), List.of(told));
  }

  /** A deadline that a test does not reach. */
  public static Deadline deadline() {
    return Deadline.in(PATIENCE, CLOCK);
  }

  @Override
  public void close() {
    AgentDriver.await(database.close().compose(closed -> vertx.close()));
  }
}
