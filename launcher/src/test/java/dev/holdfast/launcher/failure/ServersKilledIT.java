package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.embedded.Signals;
import dev.holdfast.launcher.Entrance;
import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.launcher.days.ReconciliationReport;
import dev.holdfast.launcher.servers.EmbeddedServices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of PostgreSQL's postmaster and of the broker during replays. Two each here;
 * {@code -Dholdfast.server.kills=10} for the long form.
 */
class ServersKilledIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private static final int KILLS = Integer.getInteger("holdfast.server.kills", 2);
  private static final long SEED = Long.getLong("holdfast.seed", 1);
  private static final int POSTGRES = 0;
  private static final int KAFKA = 1;
  private static final Duration BACK_WITHIN = Duration.ofMinutes(3);

  @TempDir Path folder;

  @Test
  void killed_servers_come_back_and_the_books_are_as_undisturbed() throws Exception {
    SmallDay first = day("first", 610_000);
    replay(first, POSTGRES);
    first.check(books());
    SmallDay second = day("second", 620_000);
    replay(second, KAFKA);
    first.and(second).check(books());
    assertEquals(0, PLATFORM.restarts(), "an outage is nobody's crash");
  }

  private SmallDay day(String name, int number) throws Exception {
    int documents = ReplayUnderFire.DOCUMENTS_EACH * (KILLS + 1);
    return SmallDay.write(folder.resolve(name + ".csv"), number, documents);
  }

  private static Entrance platform() {
    return new Entrance(PLATFORM.folder());
  }

  private static ReconciliationReport books() {
    return platform().books().report(0, 0);
  }

  private static void replay(SmallDay day, int server) throws Exception {
    ReplayUnderFire replay = new ReplayUnderFire(platform(), day, SEED);
    replay.shoot(KILLS, () -> killAndAwait(server));
    replay.awaitEnd();
  }

  private static void killAndAwait(int server) {
    EmbeddedServices.Child child = PLATFORM.servers().get(server);
    Signals.send("KILL", List.of(child.pid()));
    await()
        .atMost(BACK_WITHIN)
        .until(
            () -> PLATFORM.servers().get(server),
            now -> now.restarts() > child.restarts() && now.alive());
  }
}
