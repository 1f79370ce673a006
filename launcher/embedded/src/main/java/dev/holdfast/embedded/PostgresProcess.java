package dev.holdfast.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A running PostgreSQL server of our own; see the package for what it promises. */
public final class PostgresProcess implements EmbeddedProcess {
  /** The superuser. */
  public static final String USER = "postgres";

  /** The database that every server begins with. */
  public static final String DATABASE = "postgres";

  private static final int PORT_TRIES = 3;
  private static final Duration TICK = Duration.ofMillis(10);

  /** Longer than the watchdog's own patience, which ends with kill -9. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final PostgresCluster cluster;
  private final String password;
  private final int port;
  private final Child shell;
  private final ProcessHandle postmaster;
  private final CompletableFuture<Void> exit;

  private PostgresProcess(
      PostgresCluster cluster, String password, int port, Child shell, ProcessHandle postmaster) {
    this.cluster = cluster;
    this.password = password;
    this.port = port;
    this.shell = shell;
    this.postmaster = postmaster;
    this.exit = ExitWatch.begin("PostgreSQL", this::awaitEnd);
  }

  /**
   * Starts a server on the folder, which is made when it is not there, and returns when clients can
   * connect. A former server of the same folder that is still ending is waited for.
   *
   * @throws StartException when it does not start within the limit, with the reason
   */
  public static PostgresProcess start(Path folder, PostgresOptions options)
      throws InterruptedException {
    Path home = folder.toAbsolutePath();
    try {
      Path bin = PostgresBinaries.bin();
      Files.createDirectories(home);
      RunAs runAs = RunAs.choose();
      runAs.requireEntry(home);
      PostgresCluster cluster = new PostgresCluster(home, runAs);
      FolderProcesses.awaitNone(cluster.data(), options.startLimit());
      String password = cluster.password();
      cluster.create(bin, password, options.fsync());
      return launch(cluster, bin, password, options);
    } catch (IOException failure) {
      throw new StartException("PostgreSQL did not start in " + home + ": " + failure, failure);
    }
  }

  private static PostgresProcess launch(
      PostgresCluster cluster, Path bin, String password, PostgresOptions options)
      throws IOException {
    for (int tries = 1; ; tries++) {
      int port = Ports.take(options.port(), "PostgreSQL");
      try {
        return launch(cluster, bin, password, options, port);
      } catch (StartException failure) {
        boolean lostThePort = options.port() == 0 && !Ports.isFree(port);
        if (!lostThePort || tries == PORT_TRIES) {
          throw failure;
        }
      }
    }
  }

  private static PostgresProcess launch(
      PostgresCluster cluster, Path bin, String password, PostgresOptions options, int port)
      throws IOException {
    Files.writeString(cluster.folder().resolve("port"), port + "\n");
    Path log = cluster.folder().resolve("postgres.log");
    Child shell = Child.start(command(cluster, bin, options, port), log);
    Optional<ProcessHandle> postmaster = awaitReady(cluster, shell, options.startLimit());
    if (postmaster.isEmpty()) {
      boolean ended = !shell.process().isAlive();
      shell.closeInput();
      shell.awaitEnd(STOP_LIMIT);
      throw new StartException(
          "PostgreSQL in %s %s, see %s"
              .formatted(
                  cluster.data(),
                  ended
                      ? "ended at once"
                      : "was not ready after " + options.startLimit().toSeconds() + " s",
                  log));
    }
    return new PostgresProcess(cluster, password, port, shell, postmaster.get());
  }

  private static List<String> command(
      PostgresCluster cluster, Path bin, PostgresOptions options, int port) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("sh", "-c", PostgresWatchdog.SCRIPT, "holdfast-postgres"));
    command.add(bin.resolve("postgres").toString());
    command.addAll(List.of("-D", cluster.data().toString(), "-p", String.valueOf(port)));
    options.settings().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    return cluster.runAs().command(command);
  }

  private static Optional<ProcessHandle> awaitReady(
      PostgresCluster cluster, Child shell, Duration limit) {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < limit.toNanos()) {
      Optional<ProcessHandle> ready = readyPostmaster(cluster, shell);
      if (ready.isPresent() || shell.awaitEnd(TICK) || Thread.currentThread().isInterrupted()) {
        return ready;
      }
    }
    return Optional.empty();
  }

  /** The file of a killed predecessor says "ready" too; ours names a child of our shell. */
  private static Optional<ProcessHandle> readyPostmaster(PostgresCluster cluster, Child shell) {
    try {
      List<String> lines = Files.readAllLines(cluster.data().resolve("postmaster.pid"));
      if (lines.size() < 8 || !lines.get(7).strip().equals("ready")) {
        return Optional.empty();
      }
      return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
          .filter(found -> found.parent().filter(shell.process().toHandle()::equals).isPresent());
    } catch (IOException | NumberFormatException notYet) {
      return Optional.empty();
    }
  }

  /** When only the shell was killed, its watchdog still obeys the end of our input. */
  private void awaitEnd() throws InterruptedException {
    shell.process().waitFor();
    shell.closeInput();
    while (!Poll.until(STOP_LIMIT, () -> !postmaster.isAlive())) {
      if (Thread.interrupted()) {
        throw new InterruptedException("nobody waits for the end of PostgreSQL any more");
      }
    }
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public int port() {
    return port;
  }

  /** The superuser's password; never to be logged. */
  public String password() {
    return password;
  }

  /** The address of a database for JDBC, without user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://" + HOST + ":" + port + "/" + database;
  }

  @Override
  public long pid() {
    return postmaster.pid();
  }

  /** The postmaster and its back ends now. */
  @Override
  public List<Long> pids() {
    return FolderProcesses.in(cluster.data());
  }

  @Override
  public boolean isAlive() {
    return postmaster.isAlive();
  }

  @Override
  public CompletableFuture<Void> onExit() {
    return exit.copy();
  }

  @Override
  public Path log() {
    return shell.log();
  }

  @Override
  public void close() {
    shell.closeInput();
    if (!shell.awaitEnd(STOP_LIMIT)) {
      postmaster.destroyForcibly();
      shell.process().destroyForcibly();
    }
  }
}
