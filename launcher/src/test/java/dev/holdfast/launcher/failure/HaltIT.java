package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.EmbeddedServices;
import dev.holdfast.launcher.LauncherProcess;
import dev.holdfast.launcher.OneOrderMain;
import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.postgres.PostgresLogin;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process dies before and after commit points of an order and of its return, as by a power cut.
 * Every eighth of each here, before and after in turn; {@code -Dholdfast.halts.every=1} for all.
 */
class HaltIT {
  @TempDir static Path folder;

  private static final int EVERY = Integer.getInteger("holdfast.halts.every", 8);
  private static final int HALTED = 86;
  private static final int FEWEST_POINTS = 16;
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private static final String UNDER_WAY =
      """
      SELECT (SELECT count(*) FROM holdfast.run
               WHERE status IN ('RUNNING', 'WAITING', 'TURNING_BACK')) AS runs,
             (SELECT count(*) FROM holdfast.outbox WHERE sent_at IS NULL) AS unsent,
             (SELECT count(*) FROM payment.operation
               WHERE state IN ('ASKED', 'TURNING_BACK')) AS undecided,
             (SELECT count(*) FROM transport.stray_label) AS strays
      """;

  private static final String OWN =
      """
      SELECT (SELECT count(*) FROM orders.orders) AS orders,
             (SELECT count(*) FROM orders.orders WHERE status = 'DELIVERED') AS delivered,
             (SELECT count(*) FROM aftersales.return_case) AS returns,
             (SELECT count(*) FROM aftersales.return_case WHERE status = 'REFUNDED') AS refunded,
             (SELECT count(*) FROM holdfast.run WHERE status = 'COMPLETED') AS completed,
             (SELECT count(*) FROM holdfast.run WHERE status = 'NEEDS_HUMAN') AS persons,
             (SELECT count(*) FROM holdfast.dead_letter) AS dead,
             (SELECT sum(captured_minor)::bigint FROM payment.payment) AS captured,
             (SELECT sum(refunded_minor)::bigint FROM payment.payment) AS returned,
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
  private int customers;

  @BeforeAll
  static void start() throws InterruptedException {
    Settings settings =
        PlatformExtension.settings(folder.resolve("servers"), Settings.shipped().partners());
    servers = EmbeddedServices.start(settings, Clock.system());
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @Test
  void halted_before_and_after_commit_points_the_books_are_as_undisturbed() throws Exception {
    undisturbed();
    List<String> died = new ArrayList<>();
    long begun = System.nanoTime();
    for (int point = 1; haltsAt("before", point, died); point += EVERY) {
      int other = EVERY == 1 ? point : point + EVERY / 2;
      if (!haltsAt("after", other, died)) {
        break;
      }
    }
    System.out.printf(
        "%d halts in %d s: %s%n",
        died.size(), Duration.ofNanos(System.nanoTime() - begun).toSeconds(), died);
    assertTrue(died.size() >= FEWEST_POINTS / EVERY, "only " + died);
  }

  private void undisturbed() throws Exception {
    customers++;
    try (LauncherProcess process = launch(List.of())) {
      awaitSettled(process);
    }
    checkBooks("undisturbed");
  }

  /** Whether there was such a point. */
  private boolean haltsAt(String side, int number, List<String> died) throws Exception {
    customers++;
    String point = side + ":" + number;
    boolean halted;
    try (LauncherProcess first = launch(List.of("-Dholdfast.halt=" + point))) {
      await().atMost(LIMIT).until(() -> !first.isAlive() || isSettled());
      halted = !first.isAlive();
      if (halted) {
        assertEquals(HALTED, first.awaitExitCode(), first.output());
        died.add(point);
      }
    }
    if (halted) {
      try (LauncherProcess second = launch(List.of())) {
        awaitSettled(second);
      }
    }
    checkBooks(point);
    return halted;
  }

  private LauncherProcess launch(List<String> options) throws IOException {
    PostgresLogin login = servers.postgres();
    return LauncherProcess.start(
        folder.resolve("one-order.out"),
        Map.of(),
        options,
        OneOrderMain.class,
        folder.resolve("data").toString(),
        String.valueOf(login.port()),
        login.password(),
        servers.bootstrapServers(),
        "6%04d".formatted(customers));
  }

  private void awaitSettled(LauncherProcess process) throws Exception {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> !process.isAlive() || isSettled());
    assertTrue(process.isAlive(), () -> outputOf(process));
  }

  private static String outputOf(LauncherProcess process) {
    try {
      return process.output();
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  /** The customer's return is refunded, and nothing is under way. */
  private boolean isSettled() throws SQLException {
    try (Sql books = new Sql(login("holdfast"))) {
      return books.figure("SELECT count(*) FROM pg_tables WHERE tablename = 'return_case'") == 1
          && books.figure("SELECT count(*) FROM aftersales.return_case WHERE status = 'REFUNDED'")
              == customers
          && books.figures(UNDER_WAY).values().stream().allMatch(count -> count == 0);
    } catch (SQLException notYet) {
      if (customers == 1) {
        return false;
      }
      throw notYet;
    }
  }

  private void checkBooks(String point) throws SQLException {
    long each = customers;
    long captured = OneOrderMain.BOUGHT * OneOrderMain.PRICE_MINOR * each;
    long refunded = OneOrderMain.RETURNED * OneOrderMain.PRICE_MINOR * each;
    long onHand = (OneOrderMain.OPENING - OneOrderMain.BOUGHT + OneOrderMain.RETURNED) * each;
    try (Sql own = new Sql(login("holdfast"));
        Sql provider = new Sql(login("payment_provider"));
        Sql carriers = new Sql(login("carriers"))) {
      assertEquals(
          Map.ofEntries(
              Map.entry("orders", each),
              Map.entry("delivered", each),
              Map.entry("returns", each),
              Map.entry("refunded", each),
              Map.entry("completed", 2 * each),
              Map.entry("persons", 0L),
              Map.entry("dead", 0L),
              Map.entry("captured", captured),
              Map.entry("returned", refunded),
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
