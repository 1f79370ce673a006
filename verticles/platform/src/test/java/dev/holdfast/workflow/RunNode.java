package dev.holdfast.workflow;

import dev.holdfast.agent.CounterAgent;
import dev.holdfast.agent.CounterProtocol.Add;
import dev.holdfast.agent.CounterProtocol.Script;
import dev.holdfast.agent.CounterProtocol.Subtract;
import dev.holdfast.agent.RunSignal;
import dev.holdfast.kernel.Backoff;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.LeaseTimes;
import dev.holdfast.postgres.NodeLease;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.postgres.PostgresSettings;
import dev.holdfast.testing.AgentDriver;
import dev.holdfast.testing.FaultProxy;
import dev.holdfast.testing.PlatformNode;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.UUID;

/** A node that counts in runs: its lease goes through a wire of its own, which can be cut. */
final class RunNode implements AutoCloseable {
  /** What a run tells when it goes on behind its wait. */
  record Go(long amount) {}

  /** A run's input. */
  record Count(String counter, long first) {}

  static final String GO = "go";
  static final String CANCEL = "cancel";

  private static final Clock CLOCK = Clock.system();
  private static final LeaseTimes LEASE =
      new LeaseTimes(
          Duration.ofSeconds(2),
          Duration.ofMillis(200),
          Duration.ofMillis(100),
          Duration.ofSeconds(2));
  private static final RunnerSettings SETTINGS =
      new RunnerSettings(
          Duration.ofSeconds(5),
          new Backoff(Duration.ofMillis(20), Duration.ofMillis(200)),
          Duration.ofMillis(250),
          Duration.ofMillis(500),
          Duration.ofMillis(50),
          128,
          Duration.ofSeconds(3));

  final FaultProxy wire;
  final PlatformNode node;
  final Database database;
  final NodeLease lease;
  final WorkflowRunner runner;

  RunNode(String name, PostgresLogin login) {
    wire = FaultProxy.to(login.host(), login.port());
    node = new PlatformNode(login);
    database = node.database();
    // Attempts to connect through a silent wire are given up soon.
    Database reserved = open(login, wire.port(), Duration.ofSeconds(5));
    AgentDriver.await(reserved.query(deadline(), "SELECT 1", Tuple.tuple()));
    lease = AgentDriver.await(NodeLease.take(node.vertx(), reserved, CLOCK, LEASE, name));
    runner = node.runs(node.running(name, lease::fence), SETTINGS, counting());
    node.seat(new CounterAgent(node.host("counter"), database));
    node.walk();
    AgentDriver.await(
        node.vertx()
            .deployVerticle(new TakeOverVerticle(lease, runner, Duration.ofSeconds(1), () -> {})));
  }

  private Database open(PostgresLogin login, int port, Duration connecting) {
    PostgresLogin way =
        new PostgresLogin(login.host(), port, login.database(), login.user(), login.password());
    return Database.open(
        node.vertx(),
        PostgresSettings.of("runs", way).withPool(4, 100).withConnectionTimeout(connecting),
        CLOCK);
  }

  /** Adds, waits to be told to go on, adds again; turned back, both are taken away. */
  private static Workflow<Count> counting() {
    return Workflow.named("counting", 1, Count.class)
        .cancelledBy(CANCEL, Refusal.conflict("cancelled", "It was called off."))
        .step("first", run -> add(run.input().counter(), run.input().first()))
        .undo(run -> new Subtract(run.input().counter(), key(run), run.input().first()))
        .then()
        .await(GO, Go.class)
        .then()
        .pivot()
        .step("second", run -> add(run.input().counter(), run.reply(GO, Go.class).amount()))
        .then()
        .turningBack(
            run -> new Add(run.input().counter(), key(run), 0, Script.WELL),
            run -> new Milestone(409, run.refusal().orElseThrow().code()));
  }

  private static String key(RunView<Count> run) {
    return run.input().counter();
  }

  private static Add add(String counter, long amount) {
    return new Add(counter, counter, amount, Script.WELL);
  }

  /** Enters a run, and tells the runner of it or not. */
  UUID begin(String counter, long first, boolean hint) {
    Count count = new Count(counter, first);
    return hint
        ? node.begin("counting", counter, count)
        : node.enter("counting", counter, count).start().runId();
  }

  /** Tells a run to go on. */
  void go(UUID run, long amount) {
    node.signal(new RunSignal(run, GO, new Go(amount)));
  }

  /** Calls a run off. */
  void cancel(UUID run) {
    node.signal(new RunSignal(run, CANCEL, new Go(0)));
  }

  static Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(10), CLOCK);
  }

  @Override
  public void close() {
    AgentDriver.await(node.vertx().close());
    wire.close();
  }
}
