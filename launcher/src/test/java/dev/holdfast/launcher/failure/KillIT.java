package dev.holdfast.launcher.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.Entrance;
import dev.holdfast.launcher.LauncherProcess;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the launcher at random moments of a replay, started again each time; each
 * after something was acknowledged since the start, three of four with open runs. Three here;
 * {@code -Dholdfast.kills=20} for the long form, {@code -Dholdfast.seed} for other moments.
 */
class KillIT {
  /**
   * Away from the ports of a platform that somebody may be running here, and below those that
   * outgoing connections take: they must be free again at once.
   */
  private static final String OFFSET = "13000";

  private static final int KILLS = Integer.getInteger("holdfast.kills", 3);
  private static final long SEED = Long.getLong("holdfast.seed", 1);

  private static final String OPEN_AT =
      """
      SELECT count(*) FROM holdfast.run
       WHERE started_at < '%1$s' AND updated_at > '%1$s'
      """;

  @TempDir Path folder;
  private LauncherProcess launcher;
  private int starts;

  @AfterEach
  void stop() {
    if (launcher != null) {
      launcher.close();
    }
  }

  @Test
  void killed_at_random_and_started_again_the_books_are_as_undisturbed() throws Exception {
    start();
    int documents = ReplayUnderFire.DOCUMENTS_EACH * (KILLS + 1);
    SmallDay day = SmallDay.write(folder.resolve("day.csv"), 600_000, documents);
    Entrance platform = new Entrance(data());
    ReplayUnderFire replay = new ReplayUnderFire(platform, day, SEED);
    replay.shoot(
        KILLS,
        () -> {
          launcher.kill();
          launcher.awaitExitCode();
          start();
        });
    replay.awaitEnd();
    day.check(platform.books().report(0, 0));
    assertEquals(KILLS + 1, starts);
    int inTheMidst = killsWithOpenRuns(platform, replay.shots());
    assertTrue(inTheMidst >= KILLS * 3 / 4, inTheMidst + " of " + KILLS + " had open runs");
  }

  /** Runs have ended by now: those whose end was written after a kill were open at it. */
  private static int killsWithOpenRuns(Entrance platform, List<Instant> kills) throws Exception {
    int some = 0;
    List<Long> open = new ArrayList<>();
    try (Sql books = new Sql(platform.ownBooks())) {
      for (Instant kill : kills) {
        open.add(books.figure(OPEN_AT.formatted(kill)));
        some += open.getLast() > 0 ? 1 : 0;
      }
    }
    System.out.println("open runs at the kills: " + open);
    return some;
  }

  private Path data() {
    return folder.resolve("data");
  }

  private void start() throws Exception {
    starts++;
    launcher =
        LauncherProcess.start(
                folder.resolve("up-" + starts + ".out"),
                Map.of("HOLDFAST_PROFILE", "test"),
                "up",
                "--data",
                data().toString(),
                "--port-offset",
                OFFSET)
            .awaitUp();
  }
}
