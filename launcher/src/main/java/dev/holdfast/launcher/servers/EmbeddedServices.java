package dev.holdfast.launcher.servers;

import dev.holdfast.chaos.Server;
import dev.holdfast.embedded.EmbeddedProcess;
import dev.holdfast.embedded.KafkaOptions;
import dev.holdfast.embedded.KafkaProcess;
import dev.holdfast.embedded.PostgresOptions;
import dev.holdfast.embedded.PostgresProcess;
import dev.holdfast.kernel.Backoff;
import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.settings.KafkaServerSettings;
import dev.holdfast.launcher.settings.PostgresServerSettings;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.postgres.PostgresLogin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * PostgreSQL and Kafka as the settings want them: started side by side as our children and brought
 * back when they die, or external and none of our business.
 */
public final class EmbeddedServices implements AutoCloseable {
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
  private static final int EXTERNAL_POSTGRES_PORT = 5432;

  private final Settings settings;
  private final Wires wires;
  private final Optional<KeptServer<PostgresProcess>> postgres;
  private final Optional<KeptServer<KafkaProcess>> kafka;

  private EmbeddedServices(
      Settings settings,
      Wires wires,
      Optional<KeptServer<PostgresProcess>> postgres,
      Optional<KeptServer<KafkaProcess>> kafka) {
    this.settings = settings;
    this.wires = wires;
    this.postgres = postgres;
    this.kafka = kafka;
  }

  /**
   * Starts what the settings do not name as external, below the data folder; blocks until clients
   * can connect. When one of them does not start the other is stopped again.
   *
   * @throws dev.holdfast.embedded.StartException with the reason
   */
  public static EmbeddedServices start(Settings settings, Clock clock) throws InterruptedException {
    return start(settings, clock, Wires.NONE);
  }

  /** The same, each behind the proxy that stands before it. */
  public static EmbeddedServices start(Settings settings, Clock clock, Wires wires)
      throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      var postgres = threads.submit(() -> startPostgres(settings, clock));
      var kafka = threads.submit(() -> startKafka(settings, clock, wires));
      RuntimeException failure = null;
      List<KeptServer<?>> started = new ArrayList<>();
      for (Future<? extends Optional<? extends KeptServer<?>>> start : List.of(postgres, kafka)) {
        try {
          start.get().ifPresent(started::add);
        } catch (ExecutionException failed) {
          failure = unchecked(failed.getCause());
        }
      }
      if (failure != null) {
        started.forEach(KeptServer::close);
        throw failure;
      }
      EmbeddedServices services =
          new EmbeddedServices(settings, wires, postgres.resultNow(), kafka.resultNow());
      services.lead();
      return services;
    }
  }

  private static Optional<KeptServer<PostgresProcess>> startPostgres(Settings settings, Clock clock)
      throws InterruptedException {
    PostgresServerSettings wanted = settings.postgres();
    if (!wanted.isEmbedded()) {
      return Optional.empty();
    }
    Path folder = settings.data().folder().resolve("postgres");
    PostgresOptions options =
        PostgresOptions.of(
            shifted(wanted.port(), settings),
            wanted.sharedBuffersMb(),
            wanted.maxConnections(),
            wanted.fsync());
    return Optional.of(
        KeptServer.start(
            port -> PostgresProcess.start(folder, port == 0 ? options : options.onPort(port)),
            BACKOFF,
            clock));
  }

  private static Optional<KeptServer<KafkaProcess>> startKafka(
      Settings settings, Clock clock, Wires wires) throws InterruptedException {
    KafkaServerSettings wanted = settings.kafka();
    if (!wanted.isEmbedded()) {
      return Optional.empty();
    }
    Path folder = settings.data().folder().resolve("kafka");
    KafkaOptions options =
        KafkaOptions.defaults()
            .onPort(shifted(wanted.port(), settings))
            .advertising(wires.port(Server.KAFKA))
            .withHeap(wanted.heapMb());
    return Optional.of(
        KeptServer.start(
            port -> KafkaProcess.start(folder, port == 0 ? options : options.onPort(port)),
            BACKOFF,
            clock));
  }

  /** A port that was chosen moves with the offset, as all do; a free one need not. */
  private static int shifted(int port, Settings settings) {
    return port == 0 ? 0 : port + settings.http().portOffset();
  }

  private static RuntimeException unchecked(Throwable cause) {
    return cause instanceof RuntimeException failure
        ? failure
        : new IllegalStateException("an embedded server did not start", cause);
  }

  /** A server keeps its port when it is brought back, so its proxy need be told but once. */
  private void lead() {
    PostgresLogin direct = postgresItself();
    wires.leadTo(Server.POSTGRES, direct.host(), direct.port());
    kafka.ifPresent(
        kept -> wires.leadTo(Server.KAFKA, EmbeddedProcess.HOST, kept.current().port()));
  }

  /**
   * The superuser (or the configured role) of the server, by the way that the platform takes; it
   * stays the same when the server is brought back.
   */
  public PostgresLogin postgres() {
    PostgresLogin direct = postgresItself();
    int proxy = wires.port(Server.POSTGRES);
    return proxy == 0
        ? direct
        : new PostgresLogin(
            EmbeddedProcess.HOST, proxy, direct.database(), direct.user(), direct.password());
  }

  /** The same by the way of those who are none of the platform: never through a proxy. */
  public PostgresLogin postgresItself() {
    PostgresServerSettings wanted = settings.postgres();
    return postgres
        .map(KeptServer::current)
        .map(
            server ->
                new PostgresLogin(
                    EmbeddedProcess.HOST,
                    server.port(),
                    PostgresProcess.DATABASE,
                    PostgresProcess.USER,
                    server.password()))
        .orElseGet(
            () ->
                new PostgresLogin(
                    wanted.host(),
                    wanted.port() == 0 ? EXTERNAL_POSTGRES_PORT : wanted.port(),
                    wanted.database(),
                    wanted.user(),
                    wanted.password().reveal()));
  }

  /** Where Kafka's clients connect first, which stays the same when the broker is brought back. */
  public String bootstrapServers() {
    return kafka
        .map(kept -> EmbeddedProcess.HOST + ":" + portOfKafka(kept))
        .orElse(settings.kafka().bootstrapServers());
  }

  private int portOfKafka(KeptServer<KafkaProcess> kept) {
    int proxy = wires.port(Server.KAFKA);
    return proxy == 0 ? kept.current().port() : proxy;
  }

  /** The keeper of one of our own; empty when the server is external. */
  public Optional<? extends KeptServer<?>> kept(Server server) {
    return switch (server) {
      case POSTGRES -> postgres;
      case KAFKA -> kafka;
    };
  }

  /** How our children are, in the order in which they are listed to people. */
  public List<Child> children() {
    List<Child> children = new ArrayList<>();
    postgres.map(EmbeddedServices::describe).ifPresent(children::add);
    kafka.map(EmbeddedServices::describe).ifPresent(children::add);
    return children;
  }

  /**
   * One child process.
   *
   * @param name what a person calls it
   * @param pid its process id
   * @param port where it listens on the loopback address
   * @param alive whether it runs now
   * @param restarts how often it was brought back
   * @param log where it writes
   */
  public record Child(String name, long pid, int port, boolean alive, int restarts, Path log) {}

  private static Child describe(KeptServer<?> kept) {
    EmbeddedProcess server = kept.current();
    return new Child(
        server.name(),
        server.pid(),
        server.port(),
        server.isAlive(),
        kept.restarts(),
        server.log());
  }

  /** Stops our children, the broker first: the truth goes last. Blocks. */
  @Override
  public void close() {
    try {
      kafka.ifPresent(KeptServer::close);
    } finally {
      postgres.ifPresent(KeptServer::close);
    }
  }
}
