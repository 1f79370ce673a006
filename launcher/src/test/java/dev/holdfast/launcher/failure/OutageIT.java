package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.launcher.SecondDoor;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One long outage of PostgreSQL under orders, in each way, with COMMITs whose answers are lost when
 * it begins. Eight seconds and 20 orders a second here; {@code -Dholdfast.outage.seconds=60} and
 * {@code -Dholdfast.outage.rate=50} for the long form.
 */
@SuppressWarnings("try") // closing waits for the load to end
class OutageIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension().proxied();

  private static final Duration AWAY =
      Duration.ofSeconds(Integer.getInteger("holdfast.outage.seconds", 8));

  private static final Duration EVERY =
      Duration.ofNanos(1_000_000_000L / Integer.getInteger("holdfast.outage.rate", 20));

  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
  private static final Duration WELL = Duration.ofSeconds(10);
  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** The customers' connections, and those that the pools try, grow in number until then. */
  private static final Duration UNTIL_CALM =
      Duration.ofMillis(Math.min(5_000, AWAY.toMillis() / 2));

  private static final int LOOKS = 12;
  private static final int WARM = 60;
  private static final String INCIDENTS = "SELECT count(*) AS incidents FROM holdfast.incident";

  private static final AtomicInteger SKUS = new AtomicInteger(80_000);

  private static int yesterday;
  private static int tomorrow;

  private final Till till = new Till(PLATFORM, "outage");

  @BeforeAll
  static void open() throws Exception {
    yesterday = SecondDoor.open(PLATFORM);
    tomorrow = SecondDoor.openAhead(PLATFORM);
  }

  @Tag("E-054")
  @ParameterizedTest
  @EnumSource
  void orders_are_accepted_each_is_entered_once_nothing_grows_and_nobody_is_restarted(Away away)
      throws Exception {
    Map<String, Long> before = warm(away);
    try (Buyers buyers = buyers("", away)) {
      outage(away, buyers);
      buyers.assertAnswered();
      System.out.printf(
          "%s for %s: %d orders, statuses %s, %d repeated, the longest answer took %d ms%n",
          away,
          AWAY,
          buyers.asked(),
          buyers.statuses(),
          buyers.repeated(),
          buyers.longest().toMillis());
      buyers.assertKept(till);
      buyers.assertNoneLater(ANSWER_MAX);
    }
    assertEquals(0, PLATFORM.restarts(), "an outage is nobody's crash");
    assertEquals(Map.of("incidents", 0L), till.books(INCIDENTS));
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              Map<String, Long> after = Vitals.atRest(PLATFORM);
              assertTrue(Vitals.areFlat(before, after), before + " before, " + after + " after");
            });
  }

  /** Everything that a platform at work has is there; then it rests, and is looked at. */
  private Map<String, Long> warm(Away away) throws Exception {
    await().atMost(LIMIT).until(() -> PLATFORM.level() == 0);
    try (Buyers first = buyers("warm-", away)) {
      try (Load load = new Load(EVERY, first::buy)) {
        await().atMost(LIMIT).until(() -> first.answered() > WARM);
        load.close();
      }
      first.assertAnswered();
      till.awaitSettled();
    }
    await().atMost(LIMIT).until(() -> PLATFORM.level() == 0);
    return Vitals.atRest(PLATFORM);
  }

  private Buyers buyers(String before, Away away) throws Exception {
    String name = before + away.name().toLowerCase(Locale.ROOT);
    String sku = String.valueOf(SKUS.incrementAndGet());
    till.stock(sku, 1_000_000);
    return new Buyers(PLATFORM, name, sku);
  }

  private static void outage(Away away, Buyers buyers) throws Exception {
    try (Load load = new Load(EVERY, buyers::buy)) {
      await().atMost(LIMIT).until(() -> buyers.answered() > 10);
      long unknown = PLATFORM.commitsUnknown();
      long back;
      try (Away.Outage ofCommits = Away.ofCommits(PLATFORM)) {
        await().atMost(LIMIT).until(() -> PLATFORM.commitsUnknown() > unknown);
        try (Away.Outage outage = away.begin(PLATFORM)) {
          ofCommits.end();
          sameAtEveryDoor(buyers, UNTIL_CALM);
          assertNothingGrows(away, buyers);
          back = outage.end();
        }
      }
      awaitWell(away, back);
      int then = buyers.answered();
      await().atMost(LIMIT).until(() -> buyers.answered() > then + 20);
      load.close();
    }
  }

  private static void assertNothingGrows(Away away, Buyers buyers) throws Exception {
    Duration looked = AWAY.minus(UNTIL_CALM);
    try (Vitals vitals = new Vitals(PLATFORM, looked.dividedBy(LOOKS), buyers::mostAtOnce)) {
      sameAtEveryDoor(buyers, looked);
      vitals.close();
      Map<String, Long> first = vitals.firstQuarter();
      Map<String, Long> last = vitals.lastQuarter();
      System.out.printf("%s: %s at first, %s at last%n", away, first, last);
      assertTrue(Vitals.areFlat(first, last), first + " at first, " + last + " at last");
    }
  }

  /** For so long, again and again, somebody repeats a request here, yesterday and tomorrow. */
  private static void sameAtEveryDoor(Buyers buyers, Duration time) {
    long until = System.nanoTime() + time.toNanos();
    await()
        .pollInterval(time.dividedBy(LOOKS))
        .atMost(time.plus(LIMIT))
        .until(
            () -> {
              buyers.repeatAt(PLATFORM.port("api"), yesterday, tomorrow);
              return System.nanoTime() - until > 0;
            });
  }

  private static void awaitWell(Away away, long back) throws Exception {
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(LIMIT)
        .until(
            () ->
                PLATFORM.level() == 0
                    && PLATFORM.isWell()
                    && PLATFORM.proveAgents(WELL).await(LIMIT.toSeconds(), TimeUnit.SECONDS)
                        != null);
    long wellMs = (System.nanoTime() - back) / 1_000_000;
    System.out.printf("%s: level 0 and every agent proven after %d ms%n", away, wellMs);
    assertTrue(wellMs <= WELL.toMillis(), wellMs + " ms");
  }
}
