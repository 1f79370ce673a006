package dev.holdfast.chaos;

import dev.holdfast.kernel.Clock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Stands between the platform and one server on the loopback address, passes everything, and fails
 * when it is told to. A verticle of one instance; its methods may be called from any thread, and
 * their futures complete when the fault is there or gone.
 *
 * <p>A server that is away looks like one that closes each connection at once.
 */
public final class FaultProxy extends VerticleBase {
  /** What it listens on. */
  public static final String HOST = "127.0.0.1";

  private static final int CONNECTIONS_MAX = 1_024;
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

  private final boolean speaksPostgres;
  private final Clock clock;
  private final Set<ProxiedConnection> connections = new HashSet<>();
  private final AtomicLong commitsLost = new AtomicLong();
  private NetServer listener;
  private NetClient upstream;
  private SocketAddress server;
  private volatile int port;
  private long delayMs;
  private boolean refusing;
  private boolean silent;
  private boolean losingCommits;

  private FaultProxy(boolean speaksPostgres, Clock clock) {
    this.speaksPostgres = speaksPostgres;
    this.clock = clock;
  }

  /** To PostgreSQL, whose COMMITs it recognises; without encryption. */
  public static FaultProxy ofPostgres(Clock clock) {
    return new FaultProxy(true, clock);
  }

  /** To a server of any protocol. */
  public static FaultProxy ofAny(Clock clock) {
    return new FaultProxy(false, clock);
  }

  @Override
  public Future<?> start() {
    listener = vertx.createNetServer(new NetServerOptions().setHost(HOST).setPort(0));
    upstream =
        vertx.createNetClient(
            new NetClientOptions().setConnectTimeout((int) CONNECT_WITHIN.toMillis()));
    return listener
        .connectHandler(this::accept)
        .listen()
        .onSuccess(open -> port = open.actualPort());
  }

  /** Where clients connect, once it is deployed. */
  public int port() {
    return port;
  }

  /** Where connections lead; until it is known, each is closed at once. */
  public Future<Void> leadTo(String host, int to) {
    return onLoop(() -> server = SocketAddress.inetSocketAddress(to, host));
  }

  /**
   * Each piece of data takes this long, in both directions.
   *
   * @param time zero for at once
   */
  public Future<Void> delay(Duration time) {
    return onLoop(() -> delayMs = time.toMillis());
  }

  /** Resets all connections, and new ones as soon as they are there; or lets them pass again. */
  public Future<Void> cut(boolean on) {
    return onLoop(
        () -> {
          refusing = on;
          if (on) {
            reset(all -> true);
          }
        });
  }

  /**
   * Takes everything in and passes nothing, on all connections and new ones, as a network that is
   * gone. At the end those connections are reset: what was lost on them is lost.
   */
  public Future<Void> silence(boolean on) {
    return onLoop(
        () -> {
          silent = on;
          if (on) {
            connections.forEach(ProxiedConnection::silence);
          } else {
            reset(ProxiedConnection::isSilenced);
          }
        });
  }

  /** Each COMMIT reaches the server, and instead of its answer the client sees a reset. */
  public Future<Void> loseCommits(boolean on) {
    return onLoop(() -> losingCommits = on);
  }

  /** How many answers to a COMMIT were lost so far. */
  public long commitsLost() {
    return commitsLost.get();
  }

  long delayMs() {
    return delayMs;
  }

  boolean isLosingCommits() {
    return losingCommits;
  }

  void commitLost() {
    commitsLost.incrementAndGet();
  }

  void forget(ProxiedConnection connection) {
    connections.remove(connection);
  }

  private void accept(NetSocket client) {
    if (refusing || server == null || connections.size() >= CONNECTIONS_MAX) {
      ProxiedConnection.reset(client);
      return;
    }
    ProxiedConnection connection =
        new ProxiedConnection(this, client, speaksPostgres ? new CommitWatch() : null);
    connections.add(connection);
    if (silent) {
      connection.silence();
      return;
    }
    upstream
        .connect(server)
        .onSuccess(reached -> connection.join(vertx, clock, reached))
        .onFailure(away -> connection.reset());
  }

  private void reset(Predicate<ProxiedConnection> those) {
    List.copyOf(connections).stream().filter(those).forEach(ProxiedConnection::reset);
  }

  private Future<Void> onLoop(Runnable change) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        turn -> {
          change.run();
          done.complete();
        });
    return done.future();
  }
}
