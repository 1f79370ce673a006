package dev.holdfast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.stream.OutboxPosition.Gap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OutboxPositionTest {
  private static final OutboxPosition START = new OutboxPosition(0, 0, List.of());

  @Test
  void what_was_told_without_a_gap_is_a_position_without_gaps() {
    assertEquals(new OutboxPosition(3, 3, List.of()), tellAll(START, reading(9, 1, 2, 3)));
  }

  @Test
  void a_sequence_that_is_not_there_yet_is_a_gap_until_its_transaction_is_over() {
    OutboxPosition missed = tellAll(START, reading(7, 1, 4));
    assertEquals(new OutboxPosition(2, 4, List.of(new Gap(2, 3, Gap.MISSED))), missed);
    assertTrue(missed.lacksNumbers());
    OutboxPosition gap = missed.numbered(10);
    assertEquals(List.of(new Gap(2, 3, 10)), gap.gaps());
    assertFalse(gap.lacksNumbers());
    OutboxPosition running = tellAll(gap, reading(9, 5));
    assertEquals(List.of(new Gap(2, 3, 10)), running.gaps());
    OutboxPosition committed = tellAll(running, reading(9, 3));
    assertEquals(List.of(new Gap(2, 2, 10)), committed.gaps());
    assertEquals(new OutboxPosition(4, 5, List.of()), tellAll(committed, reading(10)));
  }

  @Test
  void a_reading_says_nothing_of_what_lies_behind_its_last_row() {
    OutboxPosition kept = OutboxPosition.kept(70, 90, new Long[] {10L, 80L}, new Long[] {20L, 85L});
    OutboxPosition after = tellAll(kept, reading(50, 15));
    assertEquals(
        List.of(
            new Gap(10, 14, Gap.MISSED), new Gap(16, 20, Gap.UNREAD), new Gap(80, 85, Gap.UNREAD)),
        after.gaps());
    OutboxPosition numbered = after.numbered(50);
    assertEquals(
        List.of(new Gap(16, 20, Gap.MISSED), new Gap(80, 85, Gap.MISSED)),
        tellAll(numbered, reading(50)).gaps());
  }

  @Test
  void what_the_broker_has_not_acknowledged_is_read_again() {
    OutboxPosition after = START.after(reading(9, 1, 2, 3, 4), Set.of(1L, 4L), Set.of());
    assertEquals(new OutboxPosition(2, 4, List.of(new Gap(2, 3, Gap.UNREAD))), after);
    assertEquals(after.gaps(), after.toRead());
  }

  @Test
  void what_is_parked_is_not_read_until_other_aggregates_are_parked() {
    OutboxPosition after = START.after(reading(9, 1, 2, 3), Set.of(1L, 3L), Set.of(2L));
    assertEquals(List.of(), after.toRead());
    assertEquals(List.of(new Gap(2, 2, Gap.PARKED)), tellAll(after, reading(90)).gaps());
    OutboxPosition again = after.reconsidered();
    assertEquals(List.of(new Gap(2, 2, Gap.UNREAD)), again.toRead());
    assertTrue(after.isKeptAs(again));
    assertEquals(new OutboxPosition(3, 3, List.of()), tellAll(again, reading(90, 2)));
  }

  @Test
  void positions_are_kept_alike_when_they_have_the_same_gaps() {
    OutboxPosition one = new OutboxPosition(7, 9, List.of(new Gap(2, 3, 10)));
    assertTrue(one.isKeptAs(new OutboxPosition(7, 9, List.of(new Gap(2, 3, Gap.UNREAD)))));
    assertFalse(one.isKeptAs(new OutboxPosition(7, 9, List.of(new Gap(2, 4, 10)))));
    assertFalse(one.isKeptAs(new OutboxPosition(7, 8, List.of(new Gap(2, 3, 10)))));
    assertFalse(one.isKeptAs(new OutboxPosition(7, 9, List.of())));
    assertFalse(one.isKeptAs(new OutboxPosition(6, 9, List.of(new Gap(2, 3, 10)))));
  }

  /** Transactions that overlap at random, on a model of the database's snapshots. */
  @Test
  void however_transactions_overlap_each_committed_row_is_told_once_and_gaps_end() {
    for (int seed = 1; seed <= 400; seed++) {
      new Overlap(new Random(seed)).run("seed " + seed);
    }
  }

  private static OutboxPosition tellAll(OutboxPosition from, OutboxReading reading) {
    Set<Long> all = new HashSet<>();
    reading.rows().forEach(row -> all.add(row.seq()));
    return from.after(reading, all, Set.of());
  }

  private static OutboxReading reading(long oldestRunning, long... seqs) {
    return new OutboxReading(
        LongStream.of(seqs).mapToObj(OutboxPositionTest::unsent).toList(), oldestRunning);
  }

  private static Unsent unsent(long seq) {
    return new Unsent(seq, RelayStage.row("t", "order-" + seq, 1));
  }

  private static final class Overlap {
    private final Random random;
    private final Map<Long, List<Long>> running = new TreeMap<>();
    private final TreeMap<Long, Boolean> visible = new TreeMap<>();
    private final Map<Long, Integer> told = new HashMap<>();
    private OutboxPosition position = START;
    private long nextNumber = 100;
    private long lastOver = 99;
    private long nextSeq = 1;

    Overlap(Random random) {
      this.random = random;
    }

    void run(String name) {
      for (int step = 0; step < 300; step++) {
        act();
      }
      while (!running.isEmpty()) {
        end();
      }
      for (int round = 0; round < 200; round++) {
        relay();
      }
      Map<Long, Integer> once = new LinkedHashMap<>();
      visible.keySet().forEach(seq -> once.put(seq, 1));
      assertEquals(once, new TreeMap<>(told), name);
      assertEquals(List.of(), position.gaps(), name);
      assertEquals(visible.size(), position.told(), name);
    }

    private void act() {
      switch (random.nextInt(6)) {
        case 0 -> running.put(nextNumber++, new ArrayList<>());
        case 1, 2 -> write();
        case 3 -> end();
        default -> relay();
      }
    }

    private void write() {
      if (!running.isEmpty()) {
        running.get(anyRunning()).add(nextSeq++);
      }
    }

    private long anyRunning() {
      return List.copyOf(running.keySet()).get(random.nextInt(running.size()));
    }

    private void end() {
      if (!running.isEmpty()) {
        long number = anyRunning();
        lastOver = Math.max(lastOver, number);
        List<Long> rows = running.remove(number);
        if (random.nextInt(4) > 0) {
          rows.forEach(seq -> visible.put(seq, true));
        }
      }
    }

    /** Reads up to five rows, of which the broker takes all or some; now and then a new node. */
    private void relay() {
      List<Unsent> rows =
          visible.keySet().stream()
              .filter(this::isRead)
              .limit(5)
              .map(OutboxPositionTest::unsent)
              .toList();
      OutboxReading reading = new OutboxReading(rows, oldestRunning());
      Set<Long> acknowledged = new HashSet<>();
      for (Unsent row : rows) {
        if (random.nextInt(10) > 0) {
          acknowledged.add(row.seq());
          told.merge(row.seq(), 1, Integer::sum);
        }
      }
      position = position.after(reading, acknowledged, Set.of());
      if (position.lacksNumbers()) {
        keep();
      }
      if (random.nextInt(20) == 0) {
        position =
            OutboxPosition.kept(
                position.told(),
                position.toldTo(),
                position.gaps().stream().map(Gap::first).toArray(Long[]::new),
                position.gaps().stream().map(Gap::last).toArray(Long[]::new));
      }
    }

    /** Others go on between a reading and the transaction that keeps the position. */
    private void keep() {
      for (int others = random.nextInt(3); others > 0; others--) {
        write();
        end();
      }
      lastOver = nextNumber;
      position = position.numbered(nextNumber++);
    }

    /** As a snapshot says it: one past the last that is over when nothing below that runs. */
    private long oldestRunning() {
      long end = lastOver + 1;
      return running.keySet().stream().filter(number -> number < end).findFirst().orElse(end);
    }

    private boolean isRead(long seq) {
      return seq > position.toldTo()
          || position.toRead().stream().anyMatch(gap -> gap.first() <= seq && seq <= gap.last());
    }
  }
}
