package dev.holdfast.launcher;

import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.RequestReturn;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnLine;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnReason;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Terms;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.order.OrderProtocol.IpReputation;
import dev.holdfast.commerce.order.OrderProtocol.Line;
import dev.holdfast.commerce.order.OrderProtocol.OrderById;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.order.OrderProtocol.Placed;
import dev.holdfast.commerce.order.OrderProtocol.Status;
import dev.holdfast.commerce.shared.Address;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.Secret;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.launcher.settings.KafkaServerSettings;
import dev.holdfast.launcher.settings.PostgresServerSettings;
import dev.holdfast.launcher.settings.Settings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process with a platform on servers of somebody else, and in it one customer who buys three and
 * brings two back. Started again it asks for the same, under the same ids; it never ends by itself.
 *
 * <p>Arguments: data folder, port and password of PostgreSQL, Kafka's servers, the customer.
 */
public final class OneOrderMain {
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
  private static final BigDecimal PRICE = BigDecimal.valueOf(PRICE_MINOR, 2);

  private final Platform platform;
  private final String customer;

  private OneOrderMain(Platform platform, String customer) {
    this.platform = platform;
    this.customer = customer;
  }

  @SuppressWarnings("resource") // nobody closes what is to be killed
  public static void main(String[] arguments) throws Exception {
    DataFolder folder = DataFolder.take(Path.of(arguments[0]));
    RunningPlatform running = RunningPlatform.start(settings(folder.path(), arguments));
    new OneOrderMain(running.platform(), arguments[4]).buy();
  }

<<<<<<< HEAD
  private static Settings settings(String[] arguments) {
    Settings own = PlatformExtension.settings(Path.of(arguments[0]), Settings.shipped().partners());
=======
  private static Settings settings(Path folder, String[] arguments) {
    Settings own = PlatformExtension.settings(folder, Settings.shipped().partners());
>>>>>>> refs/heads/failures
    PostgresServerSettings postgres = own.postgres();
    return new Settings(
        own.profile(),
        own.data(),
        new PostgresServerSettings(
            "127.0.0.1",
            Integer.parseInt(arguments[1]),
            "postgres",
            Secret.of(arguments[2]),
            "postgres",
            postgres.sharedBuffersMb(),
            postgres.maxConnections(),
            postgres.fsync()),
        new KafkaServerSettings(arguments[3], 0, own.kafka().heapMb()),
        own.http(),
        own.tokens(),
        own.partners());
  }

  private void buy() throws Exception {
    UUID booking = DerivedId.of("one-order", customer, "opening");
    ask("open", new OpenStock(MERCHANT, booking, List.of(new Units(customer, OPENING))));
    Placed placed = ask("place", order()).outcome().orThrow();
    while (!isDelivered(placed.order())) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    ask("return", takeback()).outcome().orThrow();
    LockSupport.park();
  }

  private boolean isDelivered(UUID order) throws Exception {
    try {
      return platform
              .bus()
              .ask(new OrderById(MERCHANT, order), deadline())
              .await(LIMIT.toSeconds(), TimeUnit.SECONDS)
              .status()
          == Status.DELIVERED;
    } catch (Unavailable outage) {
      return false;
    }
  }

  private Place order() {
    return new Place(
        MERCHANT,
        "one-order",
        customer,
        customer,
        null,
        BOUGHT_AT,
        "GBP",
        List.of(new Line(customer, "thing", BOUGHT, PRICE)),
        Address.ofCountry("GB"),
        Address.ofCountry("GB"),
        "tok_visa",
        IpReputation.UNKNOWN);
  }

  private RequestReturn takeback() {
    return new RequestReturn(
        MERCHANT,
        "one-order",
        customer,
        customer,
        null,
        List.of(new ReturnLine(customer, RETURNED, PRICE)),
        "GBP",
        ReturnReason.OTHER,
        RETURNED_AT,
        Terms.AS_RECORDED);
  }

  private <R> Answer<R> ask(String name, Command<R> command) throws Exception {
    CommandId id =
        new CommandId(DerivedId.of("one-order", customer, name), platform.clock().today());
    while (true) {
      try {
        return platform
            .bus()
            .ask(Ask.first(id, command, deadline()).asAgain())
            .await(LIMIT.toSeconds(), TimeUnit.SECONDS);
      } catch (Unavailable outage) {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
  }

  private Deadline deadline() {
    return Deadline.in(LIMIT, platform.clock());
  }
}
