package dev.holdfast.launcher.platform;

import dev.holdfast.agent.AgentHost;
import dev.holdfast.agent.CommandReplayer;
import dev.holdfast.agent.EventCommands;
import dev.holdfast.agent.HostServices;
import dev.holdfast.agent.Hosts;
import dev.holdfast.agent.LaneSettings;
import dev.holdfast.agent.TimerVerticle;
import dev.holdfast.bus.Bus;
import dev.holdfast.bus.ProtocolNames;
import dev.holdfast.chaos.JournalFaults;
import dev.holdfast.commerce.api.Fallback;
import dev.holdfast.commerce.fraud.RuleBook;
import dev.holdfast.commerce.fraud.RuleBookFile;
import dev.holdfast.commerce.partners.Reconciliation;
import dev.holdfast.commerce.payment.PaymentAgent;
import dev.holdfast.commerce.payment.PaymentFeatures;
import dev.holdfast.commerce.transport.TransportAgent;
import dev.holdfast.commerce.transport.TransportFeatures;
import dev.holdfast.commerce.workflows.OrderToDelivery;
import dev.holdfast.commerce.workflows.ReturnToRefund;
import dev.holdfast.deadletter.DeadLetterStore;
import dev.holdfast.deadletter.DeadLetters;
import dev.holdfast.deadletter.LetterServices;
import dev.holdfast.degradation.LevelHistory;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.guard.Guards;
import dev.holdfast.guard.Timeouts;
import dev.holdfast.journal.JournalHealth;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.CommitPoints;
import dev.holdfast.kernel.Disturbance;
import dev.holdfast.launcher.alerts.AlertDesk;
import dev.holdfast.launcher.alerts.Sources;
import dev.holdfast.launcher.crew.AgentShapes;
import dev.holdfast.launcher.crew.Crew;
import dev.holdfast.launcher.crew.Partners;
import dev.holdfast.launcher.fallback.LocalFallback;
import dev.holdfast.launcher.fallback.SnapshotParts;
import dev.holdfast.launcher.healing.BlockedLoops;
import dev.holdfast.launcher.healing.Recovery;
import dev.holdfast.launcher.health.Happenings;
import dev.holdfast.launcher.health.LastErrors;
import dev.holdfast.launcher.health.ResourceList;
import dev.holdfast.launcher.letters.LetterDesk;
import dev.holdfast.launcher.logs.LogLevels;
import dev.holdfast.launcher.process.Complaint;
import dev.holdfast.launcher.process.Product;
import dev.holdfast.launcher.process.Waiting;
import dev.holdfast.launcher.servers.Credentials;
import dev.holdfast.launcher.servers.Databases;
import dev.holdfast.launcher.servers.EmbeddedServices;
import dev.holdfast.launcher.settings.DegradationSettings;
import dev.holdfast.launcher.settings.PartnerSettings;
import dev.holdfast.launcher.settings.Profile;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.launcher.trace.Collector;
import dev.holdfast.launcher.watch.DegradationParts;
import dev.holdfast.launcher.watch.LoadWatch;
import dev.holdfast.launcher.watch.Probe;
import dev.holdfast.launcher.watch.StoreProbes;
import dev.holdfast.performance.PerformanceMonitor;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.NodeIdentity;
import dev.holdfast.postgres.NodeLease;
import dev.holdfast.postgres.SeenDatabase;
import dev.holdfast.recovery.Reactions;
import dev.holdfast.stream.ConsumerSettings;
import dev.holdfast.stream.EventConsumer;
import dev.holdfast.stream.EventLetters;
import dev.holdfast.stream.Heartbeat;
import dev.holdfast.stream.KafkaSettings;
import dev.holdfast.stream.OutboxOwner;
import dev.holdfast.stream.OutboxOwnership;
import dev.holdfast.stream.OutboxRelay;
import dev.holdfast.stream.Topic;
import dev.holdfast.stream.Topics;
import dev.holdfast.supervision.ChildSpec;
import dev.holdfast.supervision.GroupSpec;
import dev.holdfast.supervision.IncidentStore;
import dev.holdfast.supervision.SupervisionSettings;
import dev.holdfast.supervision.Supervisor;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.trace.Traces;
import dev.holdfast.web.LiveEvents;
import dev.holdfast.workflow.Milestones;
import dev.holdfast.workflow.RunLetters;
import dev.holdfast.workflow.RunLog;
import dev.holdfast.workflow.RunnerServices;
import dev.holdfast.workflow.RunnerSettings;
import dev.holdfast.workflow.TakeOverVerticle;
import dev.holdfast.workflow.WorkflowRunner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: makes every part once, starts them in the order in which they need one
 * another, and stops them in reverse.
 */
public final class Platform implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Platform.class);
  private static final Duration PART = Duration.ofSeconds(30);

  private final Clock clock;
  private final Vertx vertx;
  private final Vertx watch;
  private final Databases databases;
  private final NodeLease lease;
  private final SeenDatabase seen;
  private final OutboxRelay relay;
  private final WorkflowRunner runner;
  private final Milestones milestones;
  private final Traces traces;
  private final Bus bus;
  private final Meters meters;
  private final Guards guards;
  private final ErrorReports errors;
  private final Recovery recovery;
  private final Reactions reactions;
  private final Timeouts timeouts;
  private final Crew crew;
  private final LogLevels logLevels;
  private final BlockedLoops blockedLoops;
  private final Supervisor supervisor;
  private final LetterDesk letters;
  private final Partners partners;
  private final Heartbeat heartbeat;
  private final LocalFallback local;
  private final DegradationParts degradation;
  private final LiveEvents liveEvents;
  private final Happenings happenings;
  private final LastErrors lastErrors;
  private final PerformanceMonitor performance;
  private final AlertDesk alerts;
  private final EmbeddedServices servers;
  private final PartnerSettings partnerSettings;
  private final List<EventConsumer> consumers = new CopyOnWriteArrayList<>();

  /** Starts the agents on the given servers. Blocks; a part that does not start stops the call. */
  public static Platform start(
      Settings settings,
      EmbeddedServices servers,
      Credentials credentials,
      Disturbance disturbance) {
    Platform platform = new Platform(settings, servers, credentials, disturbance);
    platform.begin(servers);
    return platform;
  }

  private Platform(
      Settings settings,
      EmbeddedServices servers,
      Credentials credentials,
      Disturbance disturbance) {
    this.servers = servers;
    this.partnerSettings = settings.partners();
    clock = Clock.system();
    vertx = Vertx.vertx(onEveryProcessor());
    watch = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    meters =
        new Meters(settings.metrics().names())
            .withJvm()
            .withDisk(settings.data().folder().toFile())
            .ofBuild(Product.VERSION, settings.profile().name().toLowerCase(Locale.ROOT));
    errors = new ErrorReports(ErrorRooms.table(), clock, meters);
    guards = new Guards(vertx, clock, meters, failure -> errors.classify(failure).recovery());
    timeouts = settings.timeouts().table();
    CommitPoints points = HaltPoints.of(settings.profile());
    String node = NodeIdentity.of(settings.data().folder(), clock);
    traces = Collector.of(settings, node, meters.traces());
    bus = new Bus(vertx, clock, traces);
    databases =
        Databases.open(
            vertx, watch, servers.postgres(), servers.postgresItself(), credentials, clock);
    databases.show(meters);
    lease = lease(node);
    meters.lease().from(() -> lease.held() ? 1 : 0);
    seen = seen(settings.data().folder());
    liveEvents = new LiveEvents(clock, meters.liveEvents());
    happenings = new Happenings(liveEvents, node);
    lastErrors = new LastErrors(errors);
    RunnerServices forRuns =
        new RunnerServices(
            vertx, bus, clock, databases.queries(), node, lease::fence, meters, errors, points);
    milestones = new Milestones(forRuns);
    runner = runner(forRuns);
    relay = relay(KafkaSettings.plain(servers.bootstrapServers(), node));
    partners = Partners.of(vertx, clock, databases, guards, settings, errors);
    HostServices forHosts =
        new HostServices(
            vertx,
            bus,
            clock,
            databases.lanes(),
            runner,
            relay::committed,
            meters,
            errors,
            points,
            new Hosts(),
            disturbance);
    LaneSettings lanes = LaneSettings.shipped().withChains(settings.lanes().chained());
    RuleBook rules = RuleBookFile.shipped();
    recovery =
        new Recovery(
            settings.recovery(),
            AgentShapes.all(lanes, rules),
            databases.reserved(),
            node,
            () -> supervisor().state(),
            clock);
    crew =
        new Crew(forHosts, lanes, databases.queries(), partners, recovery.configurations(), rules);
    blockedLoops = new BlockedLoops(crew.hosts().values(), databases, clock);
    letters = letterDesk(node);
    logLevels = new LogLevels(vertx, clock, withLogs());
    local =
        new LocalFallback(
            settings.data().folder(),
            settings.journal(),
            SnapshotParts.of(settings, vertx, guards, meters, clock),
            clock,
            meters);
    supervisor =
        supervisor(
            SupervisionSettings.shipped(node, settings.profile() != Profile.PRODUCTION),
            settings.recovery()::groupOf);
    reactions = recovery.reactions(crew.hosts().values(), databases, guards, meters);
    heartbeat = new Heartbeat(KafkaSettings.plain(servers.bootstrapServers(), node), clock);
    degradation = degradation(settings.degradation());
    degradation.notices().alsoTo(happenings);
    performance =
        new PerformanceMonitor(
            meters,
            new ResourceList(crew.hosts().values(), meters, databases::figuresOfAgents),
            clock);
    alerts = alerts(settings);
  }

  /** One event loop each: twice as many, the default, cost a third more of the processors. */
  private static VertxOptions onEveryProcessor() {
    return new VertxOptions()
        .setEventLoopPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors()))
        .setPreferNativeTransport(true);
  }

  private NodeLease lease(String node) {
    return Waiting.onceAvailable(
        () -> NodeLease.take(vertx, databases.reserved(), clock, node), PART, "taking the lease");
  }

  /** Nobody goes on with a database that was put back behind what was told already. */
  private SeenDatabase seen(Path folder) {
    SeenDatabase before = new SeenDatabase(folder, lease);
    before
        .objection()
        .ifPresent(
            why -> {
              end(lease.release(), "the lease");
              throw new Complaint(why);
            });
    return before;
  }

  private WorkflowRunner runner(RunnerServices services) {
    return new WorkflowRunner(
        services,
        RunnerSettings.shipped(),
        milestones,
        List.of(OrderToDelivery.definition(), ReturnToRefund.definition()));
  }

  /** Whose log level can be changed. */
  private Set<String> withLogs() {
    Set<String> names = new HashSet<>(Crew.NAMES);
    names.addAll(runner.workflows());
    return names;
  }

  private LetterDesk letterDesk(String node) {
    Database queries = databases.queries();
    CommandReplayer commands = new CommandReplayer(bus, Crew.types(), queries, clock, crew.hosts());
    EventLetters events = new EventLetters(commands, relay, () -> consumers);
    RunLetters runs = new RunLetters(events, runner, new RunLog(queries), vertx, clock);
    return new LetterDesk(new LetterServices(vertx, queries, runs, meters, clock, node));
  }

  private Supervisor supervisor(
      SupervisionSettings settings, Function<ChildSpec, GroupSpec> group) {
    return new Supervisor(
        vertx,
        crew.tree(group),
        settings,
        recovery.services(
            crew.hosts(),
            onEveryProcessor().getEventLoopPoolSize(),
            new IncidentStore(databases.reserved(), clock)::write,
            happenings::incident,
            agent -> degradation().watch().databaseAway(),
            meters,
            blockedLoops));
  }

  /** A further capability is one probe more. */
  private DegradationParts degradation(DegradationSettings settings) {
    List<Probe> probes =
        new ArrayList<>(StoreProbes.of(lease, databases, heartbeat, () -> consumers));
    probes.add(local.probe());
    return DegradationParts.of(
        settings,
        probes,
        supervisor::state,
        new LoadWatch(crew.hosts().values(), meters, settings.load().over(), clock),
        new LevelHistory(databases.reserved(), lease.nodeId(), clock),
        meters,
        clock);
  }

  private AlertDesk alerts(Settings settings) {
    Sources sources =
        new Sources(
            supervisor::state,
            degradation.degradation()::standing,
            guards,
            crew.hosts().values(),
            letters.gauges()::open,
            runner.workflows(),
            meters.outbox().oldestSeconds()::value,
            local::health,
            settings.journal().countMax(),
            lease::held);
    AlertDesk desk =
        new AlertDesk(
            settings, watch, sources, databases.reserved(), meters, lease.nodeId(), clock);
    desk.hear(errors);
    recovery.alsoTo(desk::notice);
    return desk;
  }

  private OutboxRelay relay(KafkaSettings kafka) {
    OutboxOwnership ownership =
        new OutboxOwnership(
            databases.queries(),
            () ->
                lease.held()
                    ? Optional.of(new OutboxOwner(lease.nodeId(), lease.fence()))
                    : Optional.empty(),
            clock);
    List<Topic> topics = new ArrayList<>(List.of(Heartbeat.TOPIC));
    Crew.NAMES.stream().map(ProtocolNames::topicOfAgent).map(Topic::named).forEach(topics::add);
    return new OutboxRelay(
        vertx,
        databases.queries(),
        kafka,
        ownership,
        new Topics(vertx, kafka, topics),
        meters.outbox(),
        clock,
        errors,
        traces);
  }

  private void begin(EmbeddedServices servers) {
    wait(vertx.deployVerticle(local.care()), "the journal");
    wait(vertx.deployVerticle(seen), "what was seen of the database");
    wait(relay.start(), "the outbox relay");
    heartbeat.start();
    wait(vertx.deployVerticle(timers()), "the timers");
    for (AgentHost host : crew.hosts().values()) {
      wait(vertx.deployVerticle(host), "the host of " + host.name());
    }
    wait(partners.start(bus, clock), "the simulated partners");
    wait(vertx.deployVerticle(recovery.configurations()), "the agents' configurations");
    wait(watch.deployVerticle(supervisor), "the supervisor and its agents");
    wait(vertx.deployVerticle(runner), "the workflow runner");
    wait(vertx.deployVerticle(takeOver()), "the watch over other nodes");
    wait(vertx.deployVerticle(degradation.history()), "the history of levels");
    wait(watch.deployVerticle(degradation.watch()), "the watch over PostgreSQL and Kafka");
    wait(vertx.deployVerticle(local.drain(bus, this::takesOrders)), "the drain of the journal");
    wait(
        letters.start(guards, supervisor::state, runner.workflows()),
        "the desk of the dead letters");
    wait(watch.deployVerticle(reactions), "the reactions");
    wait(vertx.deployVerticle(performance), "the performance monitor");
    wait(alerts.start(), "the alerts");
    wait(vertx.deployVerticle(ofPayments()), "the payment reconciliation");
    wait(vertx.deployVerticle(ofShipments()), "the transport reconciliation");
    KafkaSettings kafka = KafkaSettings.plain(servers.bootstrapServers(), lease.nodeId());
    crew.hosts().values().forEach(host -> hear(host, kafka));
  }

  private TimerVerticle timers() {
    int kept = LaneSettings.shipped().replyDaysKept();
    return new TimerVerticle(bus, Crew.types(), databases.queries(), clock, kept, errors);
  }

  private TakeOverVerticle takeOver() {
    return new TakeOverVerticle(
        lease,
        runner,
        TakeOverVerticle.EVERY,
        () -> crew.hosts().values().forEach(AgentHost::lettersChanged));
  }

  private Reconciliation ofPayments() {
    return PaymentAgent.reconciliation(
            databases.queries(), clock, roundEvery("payment"), this::ask, errors)
        .asFeature(degradation.features()::isOn, PaymentFeatures.RECONCILIATION);
  }

  private Reconciliation ofShipments() {
    return TransportAgent.reconciliation(
            databases.queries(), clock, roundEvery("transport"), this::ask, errors)
        .asFeature(degradation.features()::isOn, TransportFeatures.RECONCILIATION);
  }

  private Supplier<Duration> roundEvery(String agent) {
    return () -> AgentShapes.roundEvery(recovery.configurations().current(agent));
  }

  private Future<?> ask(CommandId id, Command<?> command) {
    return partners.tell(bus, clock, id, command);
  }

  /** What the agent subscribed to reaches it as commands. */
  private void hear(AgentHost host, KafkaSettings kafka) {
    EventCommands events = new EventCommands(host.name(), host.subscriptions(), bus, clock);
    if (!events.topics().isEmpty()) {
      EventConsumer consumer =
          new EventConsumer(
              vertx,
              kafka,
              ConsumerSettings.of(host.name(), events.topics()),
              events::apply,
              new DeadLetterStore(databases.queries(), meters::lettersParked),
              meters,
              clock,
              errors);
      consumers.add(consumer);
      wait(consumer.start(), "the events of " + host.name());
    }
  }

  private static <T> void wait(Future<T> part, String what) {
    Waiting.on(part, PART, "starting " + what);
  }

  public Vertx vertx() {
    return vertx;
  }

  public DegradationParts degradation() {
    return degradation;
  }

  /** Whether orders may be entered, and not only accepted. */
  private boolean takesOrders() {
    return !degradation.watch().databaseIsSilent();
  }

  /** What the gateway has when the database is away. */
  public Fallback fallback() {
    return local.ofGateway(degradation.watch()::databaseIsSilent);
  }

  /** How the journal is broken on purpose. */
  public JournalFaults journalFaults() {
    return local.faults();
  }

  /** How the journal is. */
  public JournalHealth journal() {
    return local.health();
  }

  /** Succeeds when another node, or another life of this one, has put an end to its lease. */
  public Future<Void> leaseLost() {
    return lease.lost();
  }

  /** Succeeds when so many event loops are blocked that the process had better be started anew. */
  public Future<Void> beyondHope() {
    return blockedLoops.beyondHope();
  }

  public String node() {
    return lease.nodeId();
  }

  /** Where PostgreSQL and Kafka are. */
  public List<EmbeddedServices.Child> servers() {
    return servers.children();
  }

  public Clock clock() {
    return clock;
  }

  public Bus bus() {
    return bus;
  }

  public Databases databases() {
    return databases;
  }

  public Milestones milestones() {
    return milestones;
  }

  WorkflowRunner runner() {
    return runner;
  }

  public Meters meters() {
    return meters;
  }

  public Timeouts timeouts() {
    return timeouts;
  }

  public Guards guards() {
    return guards;
  }

  public ErrorReports errors() {
    return errors;
  }

  public Partners partners() {
    return partners;
  }

  /** How the simulated partners behave when nobody disturbs them. */
  public PartnerSettings partnerSettings() {
    return partnerSettings;
  }

  public Crew crew() {
    return crew;
  }

  public LogLevels logLevels() {
    return logLevels;
  }

  public Recovery recovery() {
    return recovery;
  }

  public Reactions reactions() {
    return reactions;
  }

  public AlertDesk alerts() {
    return alerts;
  }

  public Supervisor supervisor() {
    return supervisor;
  }

  public DeadLetters letters() {
    return letters.letters();
  }

  public LiveEvents liveEvents() {
    return liveEvents;
  }

  public LastErrors lastErrors() {
    return lastErrors;
  }

  public PerformanceMonitor performance() {
    return performance;
  }

  /** Those that hear events now. */
  public List<EventConsumer> consumers() {
    return List.copyOf(consumers);
  }

  public LetterDesk letterDesk() {
    return letters;
  }

  public OutboxRelay relay() {
    return relay;
  }

  /** Stops in reverse: no new events, agents, the relay after them, the lease, the pools. */
  @Override
  public void close() {
    consumers.forEach(consumer -> end(consumer.stop(), "an event consumer"));
    heartbeat.stop();
    end(databases.probes().close(), "the probes");
    end(watch.close(), "the supervisor and its agents");
    end(relay.stop(), "the outbox relay");
    end(lease.release(), "the lease");
    end(databases.close(), "the pools");
    end(vertx.close(), "the event loops");
    local.close();
    traces.close();
  }

  private static <T> void end(Future<T> part, String what) {
    try {
      Waiting.on(part, PART, "stopping " + what);
    } catch (RuntimeException stuck) {
      LOG.warn("{} did not stop cleanly: {}", what, stuck.toString());
    }
  }
}
