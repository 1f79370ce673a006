package dev.holdfast.launcher;

import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.commerce.aftersales.AftersalesProtocol;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.RequestReturn;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnById;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnLine;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnReason;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Terms;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.order.OrderProtocol.IpReputation;
import dev.holdfast.commerce.order.OrderProtocol.Line;
import dev.holdfast.commerce.order.OrderProtocol.OrderById;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.order.OrderProtocol.Status;
import dev.holdfast.commerce.shared.Address;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.Query;
import dev.holdfast.kernel.Secret;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.launcher.platform.Platform;
import dev.holdfast.launcher.process.DataFolder;
import dev.holdfast.launcher.running.RunningPlatform;
import dev.holdfast.launcher.settings.FaultSettings;
import dev.holdfast.launcher.settings.KafkaServerSettings;
import dev.holdfast.launcher.settings.LanesSettings;
import dev.holdfast.launcher.settings.PartnerSettings;
import dev.holdfast.launcher.settings.PostgresServerSettings;
import dev.holdfast.launcher.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process with a platform on servers of somebody else, and in it a customer whose card is
 * declined, whose second order no carrier wants, who buys three, brings two back, and the third too
 * late. Asked for again it says the same, under the same ids.
 *
 * <p>Arguments: data folder, port and password of PostgreSQL, Kafka's servers. Each line it reads
 * names a customer and where to halt meanwhile ({@code 60001 before:7}), or {@code -} for nowhere;
 * it ends by {@link #LEAVE} alone.
 */
public final class OneCustomerMain {
  /** The line after which it leaves of its own accord. */
  public static final String LEAVE = "leave";

  /** Units on the shelf at first. */
  public static final long OPENING = 10;

  /** Units that are bought. */
  public static final long BOUGHT = 3;

  /** Units that come back. */
  public static final long RETURNED = 2;

  /** Of one unit. */
  public static final long PRICE_MINOR = 250;

  private static final int MERCHANT = 1;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Instant BOUGHT_AT = Instant.parse("2026-11-01T10:00:00Z");
  private static final Instant RETURNED_AT = Instant.parse("2026-11-05T10:00:00Z");
  private static final Instant TOO_LATE = Instant.parse("2040-01-01T10:00:00Z");
  private static final BigDecimal PRICE = BigDecimal.valueOf(PRICE_MINOR, 2);

  private static final PartnerSettings SERVING = Settings.shipped().partners();
  private static final PartnerSettings REFUSING =
      SERVING.withFaults(FaultSettings.none(), new FaultSettings(0, 1_000, 0, 0, 0, 0, 0, 0, 0));

  private final Platform platform;
  private final Path carriers;
  private String customer;

  private OneCustomerMain(Platform platform, Path carriers) {
    this.platform = platform;
    this.carriers = carriers;
  }

  @SuppressWarnings("resource") // nobody closes what is to be killed
  public static void main(String[] arguments) throws Exception {
    DataFolder folder = DataFolder.take(Path.of(arguments[0]));
    Path carriers = folder.path().resolve("carriers");
    RunningPlatform running =
        RunningPlatform.start(settings(folder.path(), partners(carriers), arguments));
    OneCustomerMain shop = new OneCustomerMain(running.platform(), carriers);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      if (line.equals(LEAVE)) {
        System.exit(0);
      }
      String[] words = line.split(" ", 2);
      System.setProperty("holdfast.halt", words[1]);
      shop.customer = words[0];
      shop.serve();
    }
  }

  /** Whether carriers refuse just now outlives the process, as their minds would. */
  private static PartnerSettings partners(Path carriers) throws IOException {
    return Files.exists(carriers) && Files.readString(carriers).startsWith("refuse")
        ? REFUSING
        : SERVING;
  }

  private static Settings settings(Path folder, PartnerSettings partners, String[] arguments) {
    Settings own = PlatformExtension.settings(folder, partners);
    PostgresServerSettings postgres = own.postgres();
    return own.with(
            new PostgresServerSettings(
                "127.0.0.1",
                Integer.parseInt(arguments[1]),
                "postgres",
                Secret.of(arguments[2]),
                "postgres",
                postgres.sharedBuffersMb(),
                postgres.maxConnections(),
                postgres.fsync()))
        .with(new KafkaServerSettings(arguments[3], 0, own.kafka().heapMb()))
        .with(new LanesSettings(Boolean.parseBoolean(arguments[4])));
  }

  private void serve() throws Exception {
    UUID booking = DerivedId.of("one-customer", customer, "opening");
    ask("open", new OpenStock(MERCHANT, booking, List.of(new Units(customer, OPENING))));
    order("declined", 1, "tok_declined", Status.REFUSED);
    undeliverable();
    order("wanted", BOUGHT, "tok_visa", Status.DELIVERED);
    bringBack(
        "in-time", RETURNED, RETURNED_AT, Terms.AS_RECORDED, AftersalesProtocol.Status.REFUNDED);
    bringBack(
        "too-late", BOUGHT - RETURNED, TOO_LATE, Terms.POLICY, AftersalesProtocol.Status.REFUSED);
  }

  private void undeliverable() throws Exception {
    String served = "serve " + customer;
    if (!Files.exists(carriers) || !Files.readString(carriers).equals(served)) {
      Files.writeString(carriers, "refuse " + customer);
      platform.partners().carriers().use(REFUSING.ofCarriers());
      order("undeliverable", 2, "tok_visa", Status.REFUSED);
      Files.writeString(carriers, served);
    }
    platform.partners().carriers().use(SERVING.ofCarriers());
  }

  private void order(String name, long units, String card, Status end) throws Exception {
    Place place =
        new Place(
            MERCHANT,
            "one-customer",
            customer + "-" + name,
            customer,
            null,
            BOUGHT_AT,
            "GBP",
            List.of(new Line(customer, "thing", units, PRICE)),
            Address.ofCountry("GB"),
            Address.ofCountry("GB"),
            card,
            IpReputation.UNKNOWN);
    UUID order = ask(name, place).outcome().orThrow().order();
    until(() -> query(new OrderById(MERCHANT, order)).status() == end);
  }

  private void bringBack(
      String name, long units, Instant at, Terms terms, AftersalesProtocol.Status end)
      throws Exception {
    RequestReturn takeback =
        new RequestReturn(
            MERCHANT,
            "one-customer",
            customer + "-" + name,
            customer,
            null,
            List.of(new ReturnLine(customer, units, PRICE)),
            "GBP",
            ReturnReason.OTHER,
            at,
            terms);
    UUID back = ask(name, takeback).outcome().orThrow().returnId();
    until(() -> query(new ReturnById(MERCHANT, back)).status() == end);
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    while (!unlessOut(condition).orElse(false)) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static <T> Optional<T> unlessOut(Callable<T> question) throws Exception {
    try {
      return Optional.of(question.call());
    } catch (Unavailable outage) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      return Optional.empty();
    }
  }

  private <R> R query(Query<R> query) throws Exception {
    return platform.bus().ask(query, deadline()).await(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private <R> Answer<R> ask(String name, Command<R> command) throws Exception {
    CommandId id =
        new CommandId(DerivedId.of("one-customer", customer, name), platform.clock().today());
    while (true) {
      Optional<Answer<R>> answer =
          unlessOut(
              () ->
                  platform
                      .bus()
                      .ask(Ask.first(id, command, deadline()).asAgain())
                      .await(LIMIT.toSeconds(), TimeUnit.SECONDS));
      if (answer.isPresent()) {
        return answer.get();
      }
    }
  }

  private Deadline deadline() {
    return Deadline.in(LIMIT, platform.clock());
  }
}
