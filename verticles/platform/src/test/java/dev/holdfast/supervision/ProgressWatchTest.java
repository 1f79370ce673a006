package dev.holdfast.supervision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressWatchTest {
  private final ProgressWatch watch = new ProgressWatch(20);

  private List<String> look(long now, long waiting, long ended) {
    return watch.look(now, Map.of("a", new Progress(waiting, ended)), child -> false);
  }

  @Test
  void work_that_waits_while_none_is_done_is_found_once() {
    assertEquals(List.of(), look(0, 3, 7));
    assertEquals(List.of(), look(20, 4, 7));
    assertEquals(List.of("a"), look(21, 4, 7));
    assertEquals(List.of(), look(22, 4, 7));
  }

  @Test
  void one_piece_done_or_nothing_waiting_begins_the_time_anew() {
    look(0, 3, 7);
    assertEquals(List.of(), look(20, 3, 8));
    assertEquals(List.of(), look(40, 0, 8));
    assertEquals(List.of(), look(60, 3, 8));
    assertEquals(List.of("a"), look(61, 3, 8));
  }

  @Test
  void time_in_which_a_child_is_excused_does_not_count() {
    look(0, 3, 7);
    assertEquals(
        List.of(), watch.look(100, Map.of("a", new Progress(3, 7)), child -> child.equals("a")));
    assertEquals(List.of(), look(120, 3, 7));
    watch.forget();
    assertEquals(List.of(), look(141, 3, 7));
  }
}
