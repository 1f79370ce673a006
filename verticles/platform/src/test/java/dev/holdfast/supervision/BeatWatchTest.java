package dev.holdfast.supervision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Beats each 500 ms, three missed ones are a hang; times in milliseconds. */
class BeatWatchTest {
  private static final long MS = 1_000_000;
  private final BeatWatch watch = new BeatWatch(500 * MS, 3, 0, 0);
  private final Map<String, Long> beats = new HashMap<>(Map.of("a", 0L, "b", 0L, "c", 0L));
  private long now;

  @Test
  void whoever_is_silent_while_others_beat_hangs() {
    for (int look = 0; look < 6; look++) {
      assertEquals(List.of(), lookAfter(250, "b", "c").silent());
    }
    assertEquals(List.of("a"), lookAfter(250, "b", "c").silent());
  }

  @Test
  void all_late_at_once_is_a_pause_and_gives_everybody_time() {
    for (int look = 0; look < 6; look++) {
      lookAfter(250);
    }
    assertTrue(lookAfter(250).pause());

    assertEquals(List.of(), lookAfter(250, "a").silent());
    assertEquals(List.of(), lookAfter(250, "a", "b").silent());
    for (int look = 0; look < 4; look++) {
      assertEquals(List.of(), lookAfter(250, "a", "b").silent());
    }
    assertEquals(List.of("c"), lookAfter(250, "a", "b").silent());
  }

  @Test
  void a_watcher_that_is_late_itself_accuses_nobody() {
    assertTrue(lookAfter(10_000).pause());
    assertEquals(List.of(), lookAfter(250, "a").silent());
  }

  @Test
  void an_only_child_can_hang() {
    beats.keySet().retainAll(List.of("a"));
    for (int look = 0; look < 6; look++) {
      assertFalse(lookAfter(250).pause());
    }
    assertEquals(List.of("a"), lookAfter(250).silent());
  }

  @Test
  void nobody_to_watch_is_no_pause() {
    beats.clear();
    assertEquals(new BeatWatch.Verdict(List.of(), false), lookAfter(250));
  }

  private BeatWatch.Verdict lookAfter(long millis, String... beating) {
    now += millis * MS;
    for (String child : beating) {
      beats.put(child, now);
    }
    return watch.look(now, beats);
  }
}
