package dev.holdfast.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowTest {
  private final SettableClock clock = new SettableClock();
  private final Window window = new Window(Duration.ofSeconds(10), clock);

  @Test
  void what_was_counted_is_summed() {
    window.common(clock.nanoTime());
    window.common(clock.nanoTime());
    window.rare(clock.nanoTime());
    assertEquals(new Window.Sums(2, 1, 0), window.sums());
    window.rareBack(clock.nanoTime());
    assertEquals(new Window.Sums(2, 0, 0), window.sums());
  }

  @Test
  void what_is_older_than_the_window_counts_no_more() {
    window.rare(clock.nanoTime());
    clock.advance(Duration.ofSeconds(9));
    window.common(clock.nanoTime());
    assertEquals(new Window.Sums(1, 1, 0), window.sums());
    clock.advance(Duration.ofSeconds(1));
    assertEquals(new Window.Sums(1, 0, 0), window.sums());
    clock.advance(Duration.ofSeconds(60));
    assertEquals(new Window.Sums(0, 0, 0), window.sums());
  }

  @Test
  void a_long_pause_leaves_nothing_behind() {
    for (int i = 0; i < 25; i++) {
      window.rare(clock.nanoTime());
      clock.advance(Duration.ofSeconds(1));
    }
    assertEquals(9, window.sums().rare());
  }

  @Test
  void threads_lose_nothing() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 100_000; i++) {
                      window.common(clock.nanoTime());
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(400_000, window.sums().common());
  }
}
