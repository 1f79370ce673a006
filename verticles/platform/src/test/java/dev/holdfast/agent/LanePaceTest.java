package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanePaceTest {
  private static final long MS = 1_000_000;

  private final Vertx vertx = Vertx.vertx();
  private final LanePace pace = new LanePace(vertx, LaneSettings.shipped());

  @AfterEach
  void close() {
    vertx.close();
  }

  @Test
  void a_lone_command_never_waits() {
    assertFalse(pace.rests(() -> {}));
    pace.committed(3, 50 * MS);
    assertFalse(pace.rests(() -> {}));
  }

  @Test
  void a_busy_lane_rests_once_and_then_goes_on() throws Exception {
    CountDownLatch again = new CountDownLatch(1);
    pace.committed(4, 5 * MS);
    assertTrue(pace.rests(again::countDown));
    assertTrue(again.await(10, TimeUnit.SECONDS));
    assertFalse(pace.rests(() -> {}));
  }

  @Test
  void a_batch_that_took_no_time_needs_no_rest() {
    pace.committed(32, MS / 2);
    assertFalse(pace.rests(() -> {}));
  }
}
