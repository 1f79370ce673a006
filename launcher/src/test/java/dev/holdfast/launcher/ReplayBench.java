package dev.holdfast.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.launcher.running.RunningPlatform;
import dev.holdfast.launcher.servers.Credentials;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.launcher.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A platform on a fresh folder, files brought to it, and its databases read by hand. */
final class ReplayBench implements AutoCloseable {
  private final Path folder;
  private final RunningPlatform platform;
  private final Path report;
  private final List<Path> files = new ArrayList<>();

  private ReplayBench(Path folder, RunningPlatform platform) {
    this.folder = folder;
    this.platform = platform;
    this.report = folder.resolve("report.json");
  }

  static ReplayBench start(Path folder) throws Exception {
    Map<String, String> chosen =
        Map.of("data.folder", folder.toString(), "http.portOffset", "12000");
    Settings settings =
        new SettingsReader(
                Path.of(System.getProperty("holdfast.home")), folder.toAbsolutePath(), Map.of())
            .read(chosen);
    Files.createDirectories(folder);
    return new ReplayBench(folder, RunningPlatform.start(settings));
  }

  /** Brings files; the exit code. */
  int replay(List<Path> days, String... options) {
    files.addAll(days);
    List<String> arguments = new ArrayList<>(List.of("replay", "--data", folder.toString()));
    arguments.addAll(List.of("--port-offset", "12000", "--report", report.toString()));
    arguments.addAll(List.of(options));
    days.forEach(day -> arguments.add(day.toString()));
    return Main.execute(arguments.toArray(String[]::new));
  }

  JsonNode report() throws IOException {
    return new ObjectMapper().readTree(report.toFile());
  }

  /** Every document, by number, against our rows and the partners' ledgers. */
  void agreesWithTheFiles() throws IOException, SQLException {
    ReplayOracle oracle = new ReplayOracle();
    for (Path file : files.stream().distinct().toList()) {
      oracle.add(Files.readString(file));
    }
    assertEquals(
        new TreeMap<>(oracle.orders),
        figures(
            "holdfast",
            "SELECT external_number, total_minor FROM orders.orders WHERE status = 'DELIVERED'"));
    assertEquals(
        new TreeMap<>(oracle.returns),
        figures(
            "holdfast",
            "SELECT external_number, CASE status WHEN 'REFUNDED' THEN refund_minor WHEN 'REFUSED'"
                + " THEN -1 END FROM aftersales.return_case"));
    Map<String, Long> shelves =
        figures("holdfast", "SELECT sku, sum(on_hand) FROM inventory.stock GROUP BY sku");
    oracle.onHand.forEach(
        (sku, units) -> assertEquals(units, shelves.getOrDefault(sku, 0L), "on hand of " + sku));
    long paid = oracle.orders.values().stream().mapToLong(Long::longValue).sum();
    long back = oracle.returns.values().stream().filter(p -> p > 0).mapToLong(p -> p).sum();
    Map<String, Long> provider =
        figures(
            "payment_provider", "SELECT kind, sum(amount_minor) FROM psp.movement GROUP BY kind");
    assertEquals(paid, provider.get("AUTHORISE"));
    assertEquals(paid, provider.get("CAPTURE"));
    assertEquals(back, provider.getOrDefault("REFUND", 0L));
    assertEquals(
        figures("holdfast", "SELECT 'parcels', count(*) FROM transport.shipment"),
        figures(
            "carriers",
            "SELECT 'parcels', count(*) FROM carrier.parcel WHERE handed_over_at IS NOT NULL"));
    saysTheSame(oracle, paid, back);
  }

  private void saysTheSame(ReplayOracle oracle, long paid, long back) throws IOException {
    JsonNode said = report();
    assertEquals(oracle.orders.size(), said.at("/documents/orders").asInt());
    assertEquals(oracle.returns.size(), said.at("/documents/returns").asInt());
    assertEquals(oracle.adjustments, said.at("/documents/stock_adjustments").asInt());
    assertEquals(oracle.ledgerEntries, said.at("/documents/ledger_adjustments").asInt());
    assertEquals(oracle.unreadable, said.at("/documents/unreadable").asInt());
    assertEquals(oracle.orders.size(), said.at("/orders/delivered").asInt());
    assertEquals(paid, said.at("/money/ordered_minor").asLong());
    assertEquals(paid, said.at("/money/captured_minor").asLong());
    assertEquals(paid, said.at("/money/provider_captured_minor").asLong());
    assertEquals(back, said.at("/money/refunded_minor").asLong());
    assertEquals(back, said.at("/money/provider_refunded_minor").asLong());
    assertEquals(oracle.orderedUnits, said.at("/money/ordered_units").asLong());
    assertEquals(oracle.returnedPence, said.at("/money/returned_minor").asLong());
    assertEquals(oracle.opening, said.at("/stock/opening").asLong());
    assertEquals(oracle.sold, said.at("/stock/sold").asLong());
    assertEquals(oracle.restocked, said.at("/stock/returned").asLong());
    assertEquals(oracle.adjusted, said.at("/stock/adjusted").asLong());
    for (String nothing :
        List.of(
            "/orders/open",
            "/orders/held",
            "/returns/open",
            "/money/difference_minor",
            "/stock/difference",
            "/stock/reserved",
            "/stock/adjusted_short",
            "/events/unsent",
            "/events/dead",
            "/runs/open",
            "/runs/needs_human")) {
      assertEquals(0, said.at(nothing).asLong(-1), nothing);
    }
    assertTrue(said.at("/books_balanced").asBoolean(), said.toPrettyString());
  }

  /** Rows of a text and a number, of one of the databases. */
  Map<String, Long> figures(String database, String sql) throws SQLException {
    String role = database.equals("holdfast") ? "holdfast_app" : database + "_owner";
    String url =
        "jdbc:postgresql://127.0.0.1:%d/%s"
            .formatted(platform.services().postgres().port(), database);
    Map<String, Long> figures = new TreeMap<>();
    try (Connection books =
            DriverManager.getConnection(
                url, role, Credentials.of(folder).secret("postgres/" + role));
        Statement statement = books.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        figures.put(rows.getString(1), rows.getLong(2));
      }
    }
    return figures;
  }

  @Override
  public void close() {
    platform.close();
  }
}
