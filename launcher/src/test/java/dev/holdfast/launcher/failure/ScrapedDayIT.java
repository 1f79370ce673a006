package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.bus.Ask;
import dev.holdfast.chaos.FaultRequest;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.launcher.boards.Notices;
import dev.holdfast.launcher.boards.Prometheus;
import dev.holdfast.launcher.days.Books;
import dev.holdfast.launcher.days.DayRunner;
import dev.holdfast.launcher.days.Untold;
import dev.holdfast.launcher.running.Shop;
import dev.holdfast.launcher.settings.RecoverySettings.GroupStartSettings;
import dev.holdfast.launcher.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shop day with faults as a Prometheus and an Alertmanager see it, which read the files that
 * {@code holdfast boards} writes. {@code .ci/run} installs both.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScrapedDayIT {
  @RegisterExtension
  static final PlatformExtension PLATFORM =
      new PlatformExtension()
          .with(Settings.shipped().recovery().with(new GroupStartSettings(1, 600_000, 500)));

  private static final int ORDERS = 60;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String BROKEN_SKU = "49999";

  /** More than the fifty at which the queue counts as growing. */
  private static final int LETTERS = 60;

  private static final String DELIVERED =
      "SELECT count(*) AS delivered FROM orders.orders WHERE status = 'DELIVERED'";

  private static final String COMPLETED =
      "sum(holdfast_runs_total{workflow=\"order-to-delivery\",stage=\"completed\"})";

  private static final String DRAINED = "sum(holdfast_journal_ended_total)";

  private static final String TRAP =
      """
      CREATE SCHEMA trap;
      CREATE FUNCTION trap.spring() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        RAISE EXCEPTION 'poisoned';
      END
      $$;
      GRANT USAGE ON SCHEMA trap TO holdfast_app;
      CREATE TRIGGER trap BEFORE INSERT ON inventory.movement
        FOR EACH ROW WHEN (NEW.sku = '49999') EXECUTE FUNCTION trap.spring();
      """;

  @TempDir static Path folder;

  private static Notices notices;
  private static Prometheus prometheus;
  private static Instant begun;

  private final Till till = new Till(PLATFORM, "scraped");
  private final AtomicInteger asked = new AtomicInteger();

  @BeforeAll
  static void watch() throws Exception {
    assumeTrue(Prometheus.isInstalled(), "prometheus or its alertmanager is not installed");
    notices = new Notices();
    prometheus = Prometheus.start(folder, PLATFORM::port, notices.address());
    begun = Instant.now();
  }

  @AfterAll
  static void stop() {
    if (prometheus != null) {
      prometheus.close();
      notices.close();
    }
  }

  private static void awaitFiring(String alert) {
    await(alert + " fires").atMost(LIMIT).until(() -> notices.isFiring(alert));
  }

  private static void awaitResolved(String alert) {
    await(alert + " is resolved").atMost(LIMIT).until(() -> notices.isResolved(alert));
  }

  private void openBrokenStock() {
    String name = "broken-" + asked.incrementAndGet();
    OpenStock open =
        new OpenStock(
            Till.MERCHANT, DerivedId.of("scraped", name), List.of(new Units(BROKEN_SKU, 1)));
    PLATFORM.bus().ask(Ask.first(till.id(name), open, till.in(LIMIT)));
  }

  @Order(1)
  @Test
  void a_shop_day_is_counted_as_the_books_have_it() throws Exception {
    Settings settings =
        PlatformExtension.settings(PLATFORM.folder(), Settings.shipped().partners());
    try (Shop shop = Shop.enter(settings)) {
      DayRunner runner = new DayRunner(shop::door, new Books(shop::ledgers), new Untold());
      assertEquals(List.of(), runner.run(DayRunner.day(ORDERS, 42)));
    }
    long delivered = till.books(DELIVERED).get("delivered");
    assertTrue(delivered > ORDERS / 2, delivered + " orders delivered");
    await().atMost(LIMIT).until(() -> prometheus.figure(COMPLETED), figure -> figure == delivered);
  }

  @Tag("E-191")
  @Tag("E-192")
  @Order(2)
  @Test
  void errors_and_dead_letters_reach_the_receiver_and_so_does_their_end() throws Exception {
    try (Sql person = new Sql(PLATFORM.ownBooks())) {
      person.run(TRAP);
      await()
          .pollInterval(Duration.ofMillis(100))
          .atMost(LIMIT)
          .until(
              () -> {
                openBrokenStock();
                return asked.get() > LETTERS
                    && notices.isFiring("HighErrorRate")
                    && notices.isFiring("DeadLetterQueueGrowing");
              });
      person.run("DROP TRIGGER trap ON inventory.movement");
    }
    PLATFORM.replayLetters("inventory", LIMIT);
    awaitResolved("HighErrorRate");
    awaitResolved("DeadLetterQueueGrowing");
  }

  @Order(3)
  @Test
  void a_breaker_held_open_reaches_the_receiver_and_so_does_its_end() throws Exception {
    try (Shopfront shop = new Shopfront(PLATFORM)) {
      String guard =
          shop.inspect("/guards")
              .get()
              .body()
              .getJsonArray("items")
              .getJsonObject(0)
              .getString("guard");
      shop.operate("/guards/" + guard + "/force?state=open&seconds=8&reason=drill").get();
    }
    awaitFiring("CircuitBreakerOpen");
    awaitResolved("CircuitBreakerOpen");
  }

  @Order(4)
  @Test
  void an_agent_that_is_not_well_reaches_the_receiver_and_so_does_its_recovery() throws Exception {
    PLATFORM.park("transport", LIMIT);
    awaitFiring("WorkerUnhealthy");
    PLATFORM.unpark("transport", LIMIT);
    awaitResolved("WorkerUnhealthy");
  }

  @Order(5)
  @Test
  void an_away_database_reaches_the_receiver_and_so_does_its_return() throws Exception {
    till.stock("40001", LETTERS);
    FaultRequest away = FaultRequest.of("freeze", "postgres", Duration.ofSeconds(6));
    PLATFORM.faults().begin(away).await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    try (Shopfront shop = new Shopfront(PLATFORM)) {
      await()
          .pollInterval(Duration.ofMillis(500))
          .atMost(LIMIT)
          .until(() -> isIntent(shop) && notices.isFiring("DatabaseConnectionFailure"));
    }
    awaitResolved("DatabaseConnectionFailure");
    await().atMost(LIMIT).until(() -> prometheus.figure(DRAINED), drained -> drained > 0);
  }

  private boolean isIntent(Shopfront shop) throws Exception {
    String customer = "away-" + asked.incrementAndGet();
    return shop.place(customer, Shopfront.order(customer, "40001", 1)).get().status() == 202;
  }

  @Tag("E-194")
  @Tag("E-201")
  @Order(6)
  @Test
  void every_expression_of_boards_variables_and_rules_had_an_answer_during_the_day()
      throws Exception {
    List<String> empty = prometheus.unanswered(begun, Instant.now());
    System.out.printf(
        "%d expressions, %d without an answer%n", prometheus.expressions(), empty.size());
    assertEquals(List.of(), empty);
  }

  @Order(7)
  @Test
  void every_declared_meter_was_there_during_the_day() throws Exception {
    assertEquals(List.of(), prometheus.unseen(begun, Instant.now()));
  }
}
