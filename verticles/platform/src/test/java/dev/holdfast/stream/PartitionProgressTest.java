package dev.holdfast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.stream.PartitionProgress.Slot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {
  private final PartitionProgress progress = new PartitionProgress();

  @Test
  void nothing_is_committable_before_the_first_is_finished() {
    progress.handedOver(2);
    progress.track(10);
    Slot second = progress.track(11);
    progress.finish(second);
    assertEquals(PartitionProgress.NOTHING, progress.committable());
    assertEquals(1, progress.unfinished());
  }

  @Test
  void offsets_that_do_not_follow_each_other_are_bridged() {
    progress.handedOver(2);
    Slot first = progress.track(10);
    Slot second = progress.track(15);
    progress.finish(second);
    progress.finish(first);
    assertEquals(16, progress.committable());
  }

  @Test
  void finishing_twice_counts_once() {
    progress.handedOver(2);
    Slot first = progress.track(1);
    progress.track(2);
    progress.finish(first);
    progress.finish(first);
    assertEquals(1, progress.unfinished());
    assertEquals(2, progress.committable());
  }

  @Test
  void in_any_order_of_finishing_everything_before_the_commit_is_finished() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      PartitionProgress one = new PartitionProgress();
      int n = 1 + random.nextInt(40);
      one.handedOver(n);
      List<Slot> slots = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        slots.add(one.track(i));
      }
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        order.add(i);
      }
      Collections.shuffle(order, random);
      boolean[] finished = new boolean[n];
      for (int next : order) {
        one.finish(slots.get(next));
        finished[next] = true;
        assertEquals(lowestUnfinished(finished), Math.max(0, one.committable()), "seed 7");
      }
    }
  }

  private static long lowestUnfinished(boolean[] finished) {
    int lowest = 0;
    while (lowest < finished.length && finished[lowest]) {
      lowest++;
    }
    return lowest;
  }
}
