package dev.holdfast.launcher;

import static org.awaitility.Awaitility.await;

import dev.holdfast.bus.Bus;
import dev.holdfast.chaos.Faults;
import dev.holdfast.deadletter.DeadLetters;
import dev.holdfast.deadletter.LetterReplays;
import dev.holdfast.deadletter.LetterSelection;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.launcher.platform.Platform;
import dev.holdfast.launcher.running.RunningPlatform;
import dev.holdfast.launcher.servers.Databases;
import dev.holdfast.launcher.servers.EmbeddedServices;
import dev.holdfast.launcher.settings.ChaosSettings;
import dev.holdfast.launcher.settings.DataSettings;
import dev.holdfast.launcher.settings.HttpSettings;
import dev.holdfast.launcher.settings.LanesSettings;
import dev.holdfast.launcher.settings.PartnerSettings;
import dev.holdfast.launcher.settings.Profile;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.supervision.ChildState;
import dev.holdfast.supervision.Phase;
import dev.holdfast.supervision.Supervisor;
import dev.holdfast.web.Caller.Role;
import dev.holdfast.workflow.Milestones;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A whole platform for a test class, with a fresh data folder and free ports. */
public final class PlatformExtension implements BeforeAllCallback, AfterAllCallback {
  private final List<Object> sections = new ArrayList<>();
  private Path folder;
  private RunningPlatform running;

  /** Partners without faults. */
  public PlatformExtension() {
    this(Settings.shipped().partners());
  }

  public PlatformExtension(PartnerSettings partners) {
    sections.add(partners);
  }

  /** With another section of the settings, such as {@link LanesSettings}. */
  public PlatformExtension with(Object section) {
    sections.add(section);
    return this;
  }

  /** Every step has a transaction of its own, so that its command goes over the bus. */
  public PlatformExtension withoutChains() {
    return with(new LanesSettings(false));
  }

  /** A proxy stands before each server, so that the wire can be broken. */
  public PlatformExtension proxied() {
    return with(ChaosSettings.shipped().withProxies());
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    folder =
        Path.of("target", "platforms", context.getRequiredTestClass().getSimpleName())
            .toAbsolutePath();
    wipe(folder);
    Files.createDirectories(folder);
    running = RunningPlatform.start(settings(folder, sections));
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (running != null) {
      running.close();
    }
    wipe(folder);
  }

  RunningPlatform running() {
    return running;
  }

  Platform platform() {
    return running.platform();
  }

  public Path folder() {
    return folder;
  }

  /** For the asking of agents. */
  public Bus bus() {
    return platform().bus();
  }

  /** For what travels between agents. */
  public Vertx vertx() {
    return platform().vertx();
  }

  public Clock clock() {
    return platform().clock();
  }

  public Milestones milestones() {
    return platform().milestones();
  }

  public DeadLetters letters() {
    return platform().letters();
  }

  /** PostgreSQL and Kafka as they run now. */
  public List<EmbeddedServices.Child> servers() {
    return running.services().children();
  }

  /** A token that the listeners take. */
  public String token(Role role) {
    return running.tokens().get(role);
  }

  /** Lets an agent crash as soon as it runs, until its supervisor starts it no more. */
  public void park(String agent, Duration within) throws Exception {
    Supervisor supervisor = platform().supervisor();
    while (phase(agent) != Phase.PARKED) {
      await().atMost(within).until(() -> isOneOf(agent, Phase.RUNNING, Phase.PARKED));
      if (phase(agent) == Phase.RUNNING) {
        long before = restarts();
        supervisor.crash(agent).await(within.toSeconds(), TimeUnit.SECONDS);
        await().atMost(within).until(() -> restarts() > before || isOneOf(agent, Phase.PARKED));
      }
    }
  }

  private Phase phase(String agent) {
    return platform().supervisor().state().child(agent).map(ChildState::phase).orElseThrow();
  }

  private boolean isOneOf(String agent, Phase... phases) {
    return List.of(phases).contains(phase(agent));
  }

  /** Starts a parked agent again. */
  public void unpark(String agent, Duration within) throws Exception {
    platform().supervisor().unpark(agent).await(within.toSeconds(), TimeUnit.SECONDS);
  }

  /** Replays all open letters of an agent, and returns when that has ended. */
  public void replayLetters(String agent, Duration within) throws Exception {
    Deadline deadline = Deadline.in(within, clock());
    LetterSelection all = LetterSelection.of(agent);
    platform()
        .letterDesk()
        .replays()
        .start(all, LetterReplays.RATE_SHIPPED, "ann", deadline)
        .compose(started -> started.orThrow().ended())
        .await(within.toSeconds(), TimeUnit.SECONDS);
  }

  /** One for another tenant. */
  public String token(Role role, int merchant) {
    return running
        .doors()
        .tokens()
        .issue("tester", role, merchant, Optional.empty(), Duration.ofHours(1));
  }

  /** The agents that there are, by name. */
  public List<String> agents() {
    return List.copyOf(platform().crew().hosts().keySet());
  }

  /** Where a listener listens. */
  public int port(String listener) {
    return running.ports().get(listener);
  }

  /** The platform's level, 0 to 4. */
  public int level() {
    return platform().degradation().watch().level();
  }

  /** How often agents were restarted. */
  public long restarts() {
    return platform().supervisor().state().restarts();
  }

  /** How often breakers opened. */
  public long openings() {
    return platform().guards().states().stream()
        .mapToLong(guard -> guard.counts().openings())
        .sum();
  }

  /** How often a COMMIT of the lanes was not answered. */
  public long commitsUnknown() {
    return platform().databases().lanes().figures().commitsUnknown();
  }

  /** How many connections its pools have, those of the simulated partners too. */
  public int pooled() {
    Databases all = platform().databases();
    return Stream.of(
            all.lanes(),
            all.queries(),
            all.reserved(),
            all.probes(),
            all.payments(),
            all.carriers())
        .mapToInt(pool -> pool.figures().open())
        .sum();
  }

  /** Breaks parts of this platform. */
  public Faults faults() {
    return running.chaos().faults().orElseThrow();
  }

  /**
   * Real work of every agent, a turn of its lane and a transaction on its loop; fails when one
   * can't do it in time.
   */
  public Future<?> proveAgents(Duration within) {
    Deadline deadline = Deadline.in(within, clock());
    return Future.all(
        platform().crew().hosts().values().stream().map(host -> host.probe(deadline)).toList());
  }

  /** Whether all agents run and have done real work. */
  public boolean isWell() {
    return platform().supervisor().state().isWell();
  }

  /** The server's superuser in our own database. */
  public PostgresLogin ownBooks() {
    return superuser(Databases.OWN);
  }

  /** The server's superuser in the payment provider's database. */
  public PostgresLogin providerBooks() {
    return superuser(Databases.PAYMENTS);
  }

  /** The server's superuser in the carriers' database. */
  public PostgresLogin carrierBooks() {
    return superuser(Databases.CARRIERS);
  }

  private PostgresLogin superuser(String database) {
    PostgresLogin server = running.services().postgres();
    return new PostgresLogin(
        server.host(), server.port(), database, server.user(), server.password());
  }

  /** Settings of a platform that shares nothing with others. */
  public static Settings settings(Path folder, PartnerSettings partners) {
    return settings(folder, List.of(partners));
  }

  private static Settings settings(Path folder, List<Object> sections) {
    Settings shipped = Settings.shipped();
    HttpSettings http = shipped.http();
    Map<String, Integer> agents =
        http.agents().keySet().stream().collect(Collectors.toMap(name -> name, name -> 0));
    Settings settings =
        shipped
            .with(Profile.TEST)
            .with(new DataSettings(folder))
            .with(new HttpSettings(http.bind(), 0, 0, 0, 0, 0, agents));
    for (Object section : sections) {
      settings = settings.with(section);
    }
    return settings;
  }

  private static void wipe(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
