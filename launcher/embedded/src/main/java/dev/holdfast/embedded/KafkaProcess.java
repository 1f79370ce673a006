package dev.holdfast.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A running Kafka broker of our own: a small Java process; see the package for what it promises.
 */
public final class KafkaProcess implements EmbeddedProcess {
  private static final String MAIN = "dev.holdfast.broker.BrokerMain";
  private static final int PORT_TRIES = 3;
  private static final int FIRST_WITH_UNSAFE_FLAG = 23;
  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final int port;
  private final Child broker;
  private final CompletableFuture<Void> exit;

  private KafkaProcess(int port, Child broker) {
    this.port = port;
    this.broker = broker;
    this.exit = ExitWatch.begin("Kafka", broker.process()::waitFor);
  }

  /**
   * Starts a broker on the folder, which is made when it is not there, and returns when clients can
   * connect. A former broker of the same folder that is still ending is waited for. The broker's
   * programs are found below the checkout that the system property {@code holdfast.home} names.
   *
   * @throws StartException when it does not start within the limit, with the reason
   */
  public static KafkaProcess start(Path folder, KafkaOptions options) {
    Path home = folder.toAbsolutePath();
    try {
      Files.createDirectories(home);
      awaitFormerBroker(home, options.startLimit());
      return launch(home, options);
    } catch (IOException failure) {
      throw new StartException("Kafka did not start in " + home + ": " + failure, failure);
    }
  }

  private static void awaitFormerBroker(Path home, Duration limit) {
    if (!Poll.until(limit, () -> isUnlocked(home.resolve("lock")))) {
      throw new StartException(
          "a former Kafka broker still runs in %s after %d s: stop it first"
              .formatted(home, limit.toSeconds()));
    }
  }

  private static boolean isUnlocked(Path file) {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (IOException failure) {
      throw new StartException("the lock " + file + " cannot be tried", failure);
    }
  }

  private static KafkaProcess launch(Path home, KafkaOptions options) throws IOException {
    for (int tries = 1; ; tries++) {
      int port = Ports.take(options.port(), "Kafka");
      try {
        return launch(home, options, port);
      } catch (StartException failure) {
        boolean lostThePort = options.port() == 0 && !Ports.isFree(port);
        if (!lostThePort || tries == PORT_TRIES) {
          throw failure;
        }
      }
    }
  }

  private static KafkaProcess launch(Path home, KafkaOptions options, int port) throws IOException {
    Path ready = home.resolve("ready");
    Files.deleteIfExists(ready);
    Files.writeString(home.resolve("port"), port + "\n");
    Child broker = Child.start(command(home, options, port), home.resolve("kafka.log"));
    if (!awaitReady(ready, broker, options.startLimit())) {
      boolean ended = !broker.process().isAlive();
      broker.process().destroyForcibly();
      broker.awaitEnd(STOP_LIMIT);
      throw new StartException(
          "Kafka in %s %s, see %s"
              .formatted(
                  home,
                  ended
                      ? "ended at once"
                      : "was not ready after " + options.startLimit().toSeconds() + " s",
                  broker.log()));
    }
    return new KafkaProcess(port, broker);
  }

  private static List<String> command(Path home, KafkaOptions options, int port)
      throws IOException {
    Path programs = programs();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + options.heapMb() + "m", "-XX:+UseSerialGC"));
    command.add("-XX:+ExitOnOutOfMemoryError");
    if (Runtime.version().feature() >= FIRST_WITH_UNSAFE_FLAG) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    List<Path> jars = jars(programs.resolve("lib"));
    Path archive = classArchive(programs, jars);
    command.add("-Xlog:cds*=off");
    command.addAll(List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive));
    command.add("-cp");
    command.add(jars.stream().map(Path::toString).collect(Collectors.joining(":")));
    command.add(MAIN);
    int advertised = options.advertisedPort() == 0 ? port : options.advertisedPort();
    command.addAll(
        List.of(
            home.toString(),
            String.valueOf(port),
            String.valueOf(Ports.free()),
            String.valueOf(advertised)));
    return command;
  }

  private static Path programs() {
    String checkout = System.getProperty("holdfast.home");
    if (checkout == null) {
      throw new StartException("the system property holdfast.home does not name the checkout");
    }
    return Path.of(checkout, "launcher", "broker", "target");
  }

  private static List<Path> jars(Path lib) throws IOException {
    if (!Files.isDirectory(lib)) {
      throw new StartException("the broker is not built: " + lib + " is missing");
    }
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.sorted().toList();
    }
  }

  /**
   * The loaded classes, which Java keeps there at the first orderly end: they halve later starts.
   * Java uses none that does not fit the jars, but does not replace it either, so we remove it.
   */
  private static Path classArchive(Path programs, List<Path> jars) throws IOException {
    Path archive = programs.resolve("broker-" + Runtime.version().feature() + ".jsa");
    if (Files.exists(archive)) {
      FileTime made = Files.getLastModifiedTime(archive);
      for (Path jar : jars) {
        if (Files.getLastModifiedTime(jar).compareTo(made) > 0) {
          Files.deleteIfExists(archive);
        }
      }
    }
    return archive;
  }

  private static boolean awaitReady(Path ready, Child broker, Duration limit) {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < limit.toNanos()) {
      if (Files.exists(ready)) {
        return true;
      }
      if (broker.awaitEnd(TICK) || Thread.currentThread().isInterrupted()) {
        return false;
      }
    }
    return false;
  }

  @Override
  public String name() {
    return "Kafka";
  }

  @Override
  public int port() {
    return port;
  }

  /** What a client is told: host and port. */
  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  @Override
  public long pid() {
    return broker.process().pid();
  }

  @Override
  public boolean isAlive() {
    return broker.process().isAlive();
  }

  @Override
  public CompletableFuture<Void> onExit() {
    return exit.copy();
  }

  @Override
  public Path log() {
    return broker.log();
  }

  @Override
  public void close() {
    broker.closeInput();
    if (!broker.awaitEnd(STOP_LIMIT)) {
      broker.process().destroyForcibly();
    }
  }
}
