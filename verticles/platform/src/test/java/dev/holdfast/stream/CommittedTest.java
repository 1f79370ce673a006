package dev.holdfast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.stream.OutboxPosition.Gap;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CommittedTest {
  private static final OutboxPosition AT_10 = new OutboxPosition(0, 10, List.of());
  private final Committed committed = new Committed();

  @Test
  void events_are_taken_in_their_sequence_up_to_the_first_that_is_missing() {
    give(13, 14);
    give(11, 12);
    give(16);
    assertEquals(List.of(11L, 12L, 13L, 14L), next(AT_10));
    assertEquals(List.of(), next(new OutboxPosition(0, 9, List.of())));
  }

  @Test
  void gaps_come_first_and_one_that_is_not_filled_holds_up_what_is_behind_it() {
    OutboxPosition gaps =
        new OutboxPosition(0, 10, List.of(new Gap(3, 4, 70), new Gap(8, 8, Gap.PARKED)));
    give(11);
    assertEquals(List.of(), next(gaps));
    give(3);
    assertEquals(List.of(3L), next(gaps));
    give(4);
    assertEquals(List.of(3L, 4L, 11L), next(gaps));
  }

  @Test
  void what_was_told_is_dropped_and_what_lies_in_a_gap_is_kept() {
    give(3, 8, 11, 12);
    OutboxPosition later = new OutboxPosition(0, 11, List.of(new Gap(3, 3, 70)));
    next(later);
    committed.forget(later);
    assertEquals(List.of(3L, 12L), next(later));
    assertEquals(List.of(), next(new OutboxPosition(0, 7, List.of())));
  }

  @Test
  void a_round_is_bounded_by_rows_and_by_what_they_say() {
    give(11, 12, 13);
    assertEquals(2, committed.next(AT_10, 2, 1_000_000).size());
    assertEquals(1, committed.next(AT_10, 1_000, 1).size());
  }

  @Test
  void what_does_not_fit_is_dropped_until_there_is_room_again() {
    give(LongStream.rangeClosed(11, 5_000).toArray());
    List<Unsent> taken = committed.next(AT_10, 10_000, 1_000_000_000);
    assertEquals(4_096, taken.size());
    committed.forget(new OutboxPosition(0, taken.getLast().seq(), List.of()));
    give(4_107);
    assertEquals(List.of(4_107L), next(new OutboxPosition(0, 4_106, List.of())));

    committed.clear();
    give(4_107);
    assertEquals(List.of(4_107L), next(new OutboxPosition(0, 4_106, List.of())));
  }

  private void give(long... seqs) {
    committed.give(
        LongStream.of(seqs)
            .mapToObj(seq -> new Unsent(seq, RelayStage.row("t", "order-" + seq, 1)))
            .toList());
  }

  private List<Long> next(OutboxPosition position) {
    return committed.next(position, 1_000, 1_000_000).stream().map(Unsent::seq).toList();
  }
}
