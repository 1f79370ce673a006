package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.ClassArchive;
import dev.holdfast.launcher.LauncherProcess;
import dev.holdfast.launcher.OneCustomerMain;
import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.launcher.servers.EmbeddedServices;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.postgres.PostgresLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process dies before and after commit points of orders and returns, those that turn back
 * included, and between a run's turn and its first command, as by a power cut: with steps that
 * share transactions, and with a transaction for each. Every fifth and every tenth point here;
 * {@code -Dholdfast.halts.every=1} for all.
 */
class HaltIT {
  @TempDir static Path folder;

  private static final int EVERY = Integer.getInteger("holdfast.halts.every", 10);
  private static final int HALTED = 86;

  private static final Duration LIMIT = Duration.ofMinutes(4);

  /** A process that lives for one customer gains nothing by compiling well. */
  private static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final String UNDER_WAY =
      """
      SELECT (SELECT count(*) FROM holdfast.run
               WHERE status IN ('RUNNING', 'WAITING', 'TURNING_BACK')) AS runs,
             (SELECT count(*) FROM holdfast.outbox_unsent) AS unsent,
             (SELECT count(*) FROM payment.operation
               WHERE state IN ('ASKED', 'TURNING_BACK')) AS undecided,
             (SELECT count(*) FROM transport.stray_label) AS strays
      """;

  private static final String OWN =
      """
      SELECT (SELECT count(*) FROM orders.orders) AS orders,
             (SELECT count(*) FROM orders.orders WHERE status = 'DELIVERED') AS delivered,
             (SELECT count(*) FROM orders.orders WHERE status = 'REFUSED'
                 AND refusal_code = 'payment_declined') AS declined,
             (SELECT count(*) FROM orders.orders WHERE status = 'REFUSED'
                 AND refusal_code = 'no_carrier') AS undeliverable,
             (SELECT count(*) FROM aftersales.return_case) AS returns,
             (SELECT count(*) FROM aftersales.return_case WHERE status = 'REFUNDED') AS refunded,
             (SELECT count(*) FROM aftersales.return_case WHERE status = 'REFUSED') AS too_late,
             (SELECT count(*) FROM holdfast.run WHERE status = 'COMPLETED') AS completed,
             (SELECT count(*) FROM holdfast.run WHERE status = 'TURNED_BACK') AS turned_back,
             (SELECT count(*) FROM holdfast.run WHERE status = 'NEEDS_HUMAN') AS persons,
             (SELECT count(*) FROM holdfast.dead_letter) AS dead,
             (SELECT sum(captured_minor)::bigint FROM payment.payment) AS captured,
             (SELECT sum(refunded_minor)::bigint FROM payment.payment) AS returned,
             (SELECT coalesce(sum(amount_minor), 0)::bigint FROM payment.entry
               WHERE account = 'authorised') AS authorised,
             (SELECT sum(on_hand)::bigint FROM inventory.stock) AS on_hand,
             (SELECT sum(units)::bigint FROM inventory.movement) AS moved,
             (SELECT sum(reserved)::bigint FROM inventory.stock) AS reserved
      """;

  private static final String PROVIDER =
      """
      SELECT count(*) FILTER (WHERE kind = 'CAPTURE') AS captures,
             coalesce(sum(amount_minor) FILTER (WHERE kind = 'CAPTURE'), 0)::bigint AS captured,
             count(*) FILTER (WHERE kind = 'REFUND') AS refunds,
             coalesce(sum(amount_minor) FILTER (WHERE kind = 'REFUND'), 0)::bigint AS refunded,
             count(*) FILTER (WHERE kind = 'VOID') AS voids,
             count(*) FILTER (
               WHERE kind = 'AUTHORISE' AND NOT voided AND captured_minor = 0) AS open
        FROM psp.movement
       WHERE declined_for IS NULL
      """;

  private static final String CARRIERS =
      """
      SELECT count(*) FILTER (WHERE handed_over_at IS NOT NULL) AS handed_over,
             count(*) FILTER (WHERE handed_over_at IS NULL AND NOT cancelled) AS idle
        FROM carrier.parcel
      """;

  private static EmbeddedServices servers;
  private static ClassArchive classes;

  /** Of both tests: they share the servers and the books. */
  private static int customers;

  private static int starts;
  private boolean chained;
  private LauncherProcess process;
  private Sql own;

  @BeforeAll
  static void start() throws Exception {
    classes = ClassArchive.in(Files.createDirectories(folder.resolve("classes")));
    Settings settings =
        PlatformExtension.settings(folder.resolve("servers"), Settings.shipped().partners());
    servers = EmbeddedServices.start(settings, Clock.system());
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @AfterEach
  void end() throws SQLException {
    if (own != null) {
      own.close();
    }
    if (process != null) {
      process.close();
    }
  }

  @Test
  void halted_before_and_after_commit_points_the_books_are_as_undisturbed() throws Exception {
    halted(true, (EVERY + 1) / 2, 30, 4);
  }

  @Test
  void halted_likewise_when_every_step_has_a_transaction_of_its_own_they_are_as_well()
      throws Exception {
    halted(false, EVERY, 60, 9);
  }

  /** At least so many points are passed when one customer's orders and returns are undisturbed. */
  private void halted(boolean withChains, int every, int commits, int turns) throws Exception {
    chained = withChains;
    launch();
    assertFalse(halts("-"));
    leaveOnce();
    int before = series("before", 1, every, commits);
    int after = series("after", 1 + every / 2, every, commits);
    int turned = series("turned", 1 + every / 3, every, turns);
    System.out.printf(
        "chains %s: %d halts before commits, %d after, %d between turn and command%n",
        withChains, before, after, turned);
  }

  /** Halts at every so-many-th point of a kind until a customer passes without: how many. */
  private int series(String side, int first, int every, int fewestPoints) throws Exception {
    int number = first;
    int halts = 0;
    while (halts(side + ":" + number)) {
      number += every;
      halts++;
    }
    assertTrue(number > fewestPoints, "points " + side + " end at " + number);
    return halts;
  }

  /** The next customer, and whether there was such a point on the way. */
  private boolean halts(String point) throws Exception {
    customers++;
    tell(point);
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !process.isAlive() || isSettled());
    boolean halted = !process.isAlive();
    if (halted) {
      assertEquals(HALTED, process.awaitExitCode(), process.output());
      System.out.print(point + " " + process.output().lines().toList().getLast() + "\n");
      launch();
      tell("-");
      awaitSettled();
    }
    checkBooks(point);
    return halted;
  }

  /** The first process keeps its classes for the many that come, and dies no sudden death. */
  private void leaveOnce() throws IOException {
    if (!classes.isWritten()) {
      process.tell(OneCustomerMain.LEAVE);
      assertEquals(0, process.awaitExitCode(), process.output());
      launch();
    }
  }

  private void launch() throws IOException {
    starts++;
    List<String> options = new ArrayList<>(SHORT_LIVED);
    options.addAll(classes.options());
    PostgresLogin login = servers.postgres();
    process =
        LauncherProcess.start(
            folder.resolve("one-customer-" + starts + ".out"),
            Map.of(),
            options,
            OneCustomerMain.class,
            folder.resolve("data").toString(),
            String.valueOf(login.port()),
            login.password(),
            servers.bootstrapServers(),
            String.valueOf(chained));
  }

  private void tell(String point) throws IOException {
    process.tell("6%04d %s".formatted(customers, point));
  }

  private void awaitSettled() throws Exception {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !process.isAlive() || isSettled());
    if (!process.isAlive()) {
      throw new AssertionError(process.output());
    }
  }

  /** The customer's last return is refused, and nothing is under way. */
  private boolean isSettled() throws SQLException {
    return hasTables()
        && own.figure("SELECT count(*) FROM aftersales.return_case WHERE status = 'REFUSED'")
            == customers
        && own.figures(UNDER_WAY).values().stream().allMatch(count -> count == 0);
  }

  /** The first process makes the database. */
  private boolean hasTables() throws SQLException {
    if (own == null) {
      try {
        own = new Sql(login("holdfast"));
      } catch (SQLException notYet) {
        return false;
      }
    }
    return customers > 1
        || own.figure("SELECT count(*) FROM pg_tables WHERE tablename = 'return_case'") == 1;
  }

  private void checkBooks(String point) throws SQLException {
    long each = customers;
    long captured = OneCustomerMain.BOUGHT * OneCustomerMain.PRICE_MINOR * each;
    long refunded = OneCustomerMain.RETURNED * OneCustomerMain.PRICE_MINOR * each;
    long onHand =
        (OneCustomerMain.OPENING - OneCustomerMain.BOUGHT + OneCustomerMain.RETURNED) * each;
    try (Sql provider = new Sql(login("payment_provider"));
        Sql carriers = new Sql(login("carriers"))) {
      assertEquals(
          Map.ofEntries(
              Map.entry("orders", 3 * each),
              Map.entry("delivered", each),
              Map.entry("declined", each),
              Map.entry("undeliverable", each),
              Map.entry("returns", 2 * each),
              Map.entry("refunded", each),
              Map.entry("too_late", each),
              Map.entry("completed", 2 * each),
              Map.entry("turned_back", 3 * each),
              Map.entry("persons", 0L),
              Map.entry("dead", 0L),
              Map.entry("captured", captured),
              Map.entry("returned", refunded),
              Map.entry("authorised", 0L),
              Map.entry("on_hand", onHand),
              Map.entry("moved", onHand),
              Map.entry("reserved", 0L)),
          own.figures(OWN),
          point);
      assertEquals(
          Map.of(
              "captures",
              each,
              "captured",
              captured,
              "refunds",
              each,
              "refunded",
              refunded,
              "voids",
              each,
              "open",
              0L),
          provider.figures(PROVIDER),
          point);
      assertEquals(Map.of("handed_over", each, "idle", 0L), carriers.figures(CARRIERS), point);
    }
  }

  private static PostgresLogin login(String database) {
    PostgresLogin server = servers.postgres();
    return new PostgresLogin(
        server.host(), server.port(), database, server.user(), server.password());
  }
}
