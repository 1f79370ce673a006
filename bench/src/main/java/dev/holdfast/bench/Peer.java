package dev.holdfast.bench;

import dev.holdfast.commerce.shared.Schemas;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Migrations;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.postgres.PostgresSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * pgbench with hand-written scripts, in a database of its own on the product's server that has the
 * product's tables and indexes.
 */
final class Peer {
  static final String DATABASE = "bench_peer";

  private static final String STOCK =
      """
      INSERT INTO inventory.stock (merchant_id, sku, warehouse, on_hand, reserved, version)
      SELECT 1, n::text, 1, 1000000000, 0, 1 FROM generate_series(%d, %d) n
      """
          .formatted(Product.FIRST_SKU, Product.FIRST_SKU + Product.SKUS - 1);

  /** The product's outbox without its ring of days, whose parts would cost the peer something. */
  private static final String OUTBOX =
      """
      CREATE TABLE holdfast.outbox_plain (
        seq          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        version      bigint      NOT NULL,
        occurred_at  timestamptz NOT NULL,
        event_id     uuid        NOT NULL,
        caused_by    uuid        NOT NULL,
        merchant_id  integer     NOT NULL,
        topic        text        NOT NULL,
        aggregate    text        NOT NULL,
        type         text        NOT NULL,
        body         text        NOT NULL,
        traceparent  text        NOT NULL DEFAULT ''
      )
      """;

  /** pgbench has nothing of the kind. */
  private static final String INCLUDE = "\\include ";

  private static final Pattern PROCESSED =
      Pattern.compile("number of transactions actually processed: (\\d+)");
  private static final Pattern FAILED = Pattern.compile("number of failed transactions: (\\d+)");
  private static final Pattern RATE =
      Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");

  private final Server server;
  private final Path folder;
  private final Path pgbench;

  /**
   * A form of the same effects.
   *
   * @param mark a letter in brackets, at the head of its column
   * @param what it is, for people
   * @param script in the resources
   * @param ordersATransaction orders that it writes in one transaction
   * @param clients connections at which it is fastest
   */
  record Form(String mark, String what, String script, int ordersATransaction, int clients) {
    String name() {
      return mark + " " + what;
    }

    /** BEGIN, COMMIT and what lies between them. */
    long statementsATransaction() {
      return text().lines().filter(line -> line.endsWith(";")).count();
    }

    /** The script, with the scripts that it includes in their places. */
    String text() {
      return resource(script)
          .lines()
          .map(line -> line.startsWith(INCLUDE) ? resource(line.substring(INCLUDE.length())) : line)
          .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String resource(String name) {
      try (InputStream in = Peer.class.getResourceAsStream("/peer/" + name)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }

  /** What a run came to. */
  record Run(long orders, double perSecond) {}

  /**
   * Finds pgbench.
   *
   * @param folder for the scripts
   */
  Peer(Server server, Path folder) {
    this.server = server;
    this.folder = folder;
    this.pgbench = pgbench();
  }

  /** On the PATH, or where Debian's package puts it. */
  static Path pgbench() {
    Stream<Path> path =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).map(Path::of);
    Optional<Path> found =
        Stream.concat(path, versions())
            .map(directory -> directory.resolve("pgbench"))
            .filter(Files::isExecutable)
            .findFirst();
    return found.orElseThrow(
        () ->
            new BenchException(
                "pgbench is needed as the peer; on Debian: apt-get install postgresql"));
  }

  private static Stream<Path> versions() {
    Path debian = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(debian)) {
      return Stream.empty();
    }
    try (Stream<Path> all = Files.list(debian)) {
      return all.map(version -> version.resolve("bin")).toList().stream();
    } catch (IOException unreadable) {
      return Stream.empty();
    }
  }

  /** Makes its database with the product's tables and the same stock. Blocks. */
  void prepare() {
    try (Ledger admin = Ledger.open(server, "postgres")) {
      admin.execute("CREATE DATABASE " + DATABASE + " TEMPLATE template0 LOCALE 'C'");
    }
    migrate();
    try (Ledger own = Ledger.open(server, DATABASE)) {
      own.execute("SELECT holdfast.make_reply_partitions(current_date - 1, 4)");
      own.execute(OUTBOX);
      own.execute(STOCK);
      own.execute("ANALYZE");
    }
  }

  private void migrate() {
    Vertx vertx = Vertx.vertx();
    PostgresLogin login =
        new PostgresLogin(Server.HOST, server.port(), DATABASE, Server.USER, server.password());
    Clock clock = Clock.system();
    Database database = Database.open(vertx, PostgresSettings.of("peer", login), clock);
    try {
      new Migrations(Schemas.LOCATIONS)
          .applyMissing(vertx, database, Deadline.in(Duration.ofMinutes(1), clock), login)
          .toCompletionStage()
          .toCompletableFuture()
          .get(2, TimeUnit.MINUTES);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", stopped);
    } catch (ExecutionException | TimeoutException failed) {
      throw new BenchException("the peer's tables cannot be made: " + failed, failed);
    } finally {
      database.close().onComplete(closed -> vertx.close());
    }
  }

  /** Lets a form run for a while; blocks. */
  Run run(Form form, int seconds) {
    Path log = folder.resolve("pgbench.log");
    try {
      Path script = Files.writeString(folder.resolve(form.script()), form.text());
      ProcessBuilder bench =
          new ProcessBuilder(
              pgbench.toString(),
              "--no-vacuum",
              "--protocol=prepared",
              "--client=" + form.clients(),
              "--jobs=1",
              "--time=" + seconds,
              "--file=" + script,
              // Ids grow with time, as the product's do, also from one window to the next.
              "--define=n=" + System.currentTimeMillis(),
              "--host=" + Server.HOST,
              "--port=" + server.port(),
              "--username=" + Server.USER,
              DATABASE);
      bench.environment().put("PGPASSWORD", server.password());
      bench.redirectErrorStream(true).redirectOutput(log.toFile());
      int code = bench.start().waitFor();
      return parse(form, code, Files.readString(log));
    } catch (IOException failed) {
      throw new BenchException("pgbench cannot be run: " + failed.getMessage(), failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", stopped);
    }
  }

  static Run parse(Form form, int code, String said) {
    Matcher processed = PROCESSED.matcher(said);
    Matcher rate = RATE.matcher(said);
    Matcher failed = FAILED.matcher(said);
    if (code != 0 || !processed.find() || !rate.find()) {
      throw new BenchException("pgbench ended with " + code + ": " + said);
    }
    if (failed.find() && !failed.group(1).equals("0")) {
      throw new BenchException("pgbench had failed transactions: " + failed.group(1));
    }
    return new Run(
        Long.parseLong(processed.group(1)) * form.ordersATransaction(),
        Double.parseDouble(rate.group(1)) * form.ordersATransaction());
  }
}
