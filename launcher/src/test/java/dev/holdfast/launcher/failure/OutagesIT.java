package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.launcher.SecondDoor;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One outage of PostgreSQL after the other, each in a way and for a time that are drawn, some of
 * them before the platform is well again. Twenty here, of one to twenty seconds and mostly short
 * ones (the cube of the draw: half of them below 3.4 s); {@code -Dholdfast.outages=200} for the
 * long form, where each length is as likely as another.
 */
@SuppressWarnings("try") // closing waits for the load to end
class OutagesIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension().proxied();

  private static final int OUTAGES = Integer.getInteger("holdfast.outages", 20);
  private static final int LONGEST_MS = 20_000;
  private static final long SEED = Long.getLong("holdfast.seed", 1);
  private static final int SHORTEST_MS = 1_000;

  /** From so many outages on the lengths are drawn evenly. */
  private static final int EVEN_FROM = 100;

  private static final int PAUSE_MS_MIN = 300;
  private static final int PAUSE_MS_MAX = OUTAGES < EVEN_FROM ? 1_500 : 5_000;
  private static final Duration EVERY = Duration.ofMillis(100);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final String SKU = "90001";
  private static final String FIRST_SKU = "90002";

  private final RandomGenerator draw = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

  private final Map<Away, Integer> ways = new TreeMap<>();
  private int yesterday;
  private int tomorrow;
  private long awayMs;

  @Tag("E-054")
  @Test
  void whatever_the_outages_no_order_is_lost_or_doubled() throws Exception {
    yesterday = SecondDoor.open(PLATFORM);
    tomorrow = SecondDoor.openAhead(PLATFORM);
    Till till = new Till(PLATFORM, "outages");
    till.stock(SKU, 1_000_000);
    till.stock(FIRST_SKU, 1);
    try (Buyers first = new Buyers(PLATFORM, "first", FIRST_SKU)) {
      first.buy();
      first.assertAnswered();
    }
    try (Buyers buyers = new Buyers(PLATFORM, "drawn", SKU)) {
      try (Load load = new Load(EVERY, buyers::buy)) {
        await().atMost(LIMIT).until(() -> buyers.answered() > 10);
        for (int at = 0; at < OUTAGES; at++) {
          outage(buyers);
        }
        load.close();
      }
      await().atMost(LIMIT).until(() -> PLATFORM.level() == 0);
      buyers.assertAnswered();
      System.out.printf(
          "seed %d: %s, away for %d ms in all; %d orders, statuses %s, %d repeated,"
              + " the longest answer took %d ms%n",
          SEED,
          ways,
          awayMs,
          buyers.asked(),
          buyers.statuses(),
          buyers.repeated(),
          buyers.longest().toMillis());
      assertTrue(buyers.accepted() > 0, "nothing was accepted as an intent");
      buyers.assertKept(till);
      buyers.assertNoneLater(ANSWER_MAX);
    }
    assertEquals(0, PLATFORM.restarts(), "an outage is nobody's crash");
  }

  private void outage(Buyers buyers) throws Exception {
    Away[] all = Away.values();
    Away away = all[draw.nextInt(all.length)];
    ways.merge(away, 1, Integer::sum);
    int time = length();
    try (Away.Outage outage = away.begin(PLATFORM)) {
      pass(time / 2);
      buyers.repeatAt(yesterday, PLATFORM.port("api"), tomorrow);
      pass(time / 2);
      outage.end();
    }
    awayMs += time;
    pass(PAUSE_MS_MIN + draw.nextInt(PAUSE_MS_MAX));
    buyers.repeatAt(tomorrow, PLATFORM.port("api"), yesterday);
  }

  private int length() {
    double share = draw.nextDouble();
    double shaped = OUTAGES < EVEN_FROM ? share * share * share : share;
    return (int) (SHORTEST_MS + shaped * (LONGEST_MS - SHORTEST_MS));
  }

  private static void pass(int ms) {
    long until = System.nanoTime() + Duration.ofMillis(ms).toNanos();
    await()
        .pollInterval(POLL)
        .atMost(LIMIT.plusMillis(ms))
        .until(() -> System.nanoTime() - until > 0);
  }
}
