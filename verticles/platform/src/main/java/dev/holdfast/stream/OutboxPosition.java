package dev.holdfast.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How far the outbox is told: everything up to a sequence, but for gaps below it.
 *
 * <p>Sequences are taken before they are committed, and commit in any order, so a reading may find
 * 7 and not 6. Then 6 is a gap: it is read again in each round until it is there, or until it can
 * never be. A transaction has its number before it takes a sequence (the column's default sees to
 * that), so whoever could still write the 6 has a lower number than the transaction that keeps this
 * position; when none below that number runs any more, what a reading does not find is none. (The
 * upper end of a snapshot will not do: it is one past the last that ended, and others run above
 * it.) Numbers are held in memory alone: a restored database counts others.
 *
 * <p>A gap is also what the broker has not acknowledged, and what belongs to a parked aggregate.
 *
 * @param told how many events were told in all, counted one by one: a count beside the sequences,
 *     so that one that was passed over is missed
 * @param toldTo no higher sequence was told
 * @param gaps in their order, not above {@code toldTo}
 */
record OutboxPosition(long told, long toldTo, List<Gap> gaps) {

  /**
   * Neighbouring sequences that were not told.
   *
   * @param settledAt the number of a transaction: when none below it runs, whatever a reading does
   *     not find here is none; or {@link #MISSED}, {@link #UNREAD} or {@link #PARKED}
   */
  record Gap(long first, long last, long settledAt) {
    /** Not found by the last reading; gets its number when the position is kept. */
    static final long MISSED = Long.MAX_VALUE - 2;

    /** To be read before anything can be said. */
    static final long UNREAD = Long.MAX_VALUE - 1;

    /** There, and not to be read before an aggregate is parked or no longer parked. */
    static final long PARKED = Long.MAX_VALUE;

    boolean isParked() {
      return settledAt == PARKED;
    }

    /** Whether the other one begins behind this one's end and is to be treated alike. */
    boolean goesOnIn(Gap next) {
      return last + 1 == next.first && settledAt == next.settledAt;
    }
  }

  OutboxPosition {
    gaps = List.copyOf(gaps);
  }

  /** A position as it was kept; what its gaps are is found out by the next reading. */
  static OutboxPosition kept(long told, long toldTo, Long[] firsts, Long[] lasts) {
    List<Gap> gaps = new ArrayList<>(firsts.length);
    for (int i = 0; i < firsts.length; i++) {
      gaps.add(new Gap(firsts[i], lasts[i], Gap.UNREAD));
    }
    return new OutboxPosition(told, toldTo, gaps);
  }

  /** The gaps that a reading looks into, besides all that is above the position. */
  List<Gap> toRead() {
    return gaps.stream().filter(gap -> !gap.isParked()).toList();
  }

  /** Whether the next reading looks for a sequence. */
  boolean isToRead(long seq) {
    return seq > toldTo
        || gaps.stream().anyMatch(gap -> !gap.isParked() && gap.first <= seq && seq <= gap.last);
  }

  /** The same when other aggregates are parked than before. */
  OutboxPosition reconsidered() {
    return new OutboxPosition(
        told,
        toldTo,
        gaps.stream()
            .map(gap -> gap.isParked() ? new Gap(gap.first(), gap.last(), Gap.UNREAD) : gap)
            .toList());
  }

  /** Whether a gap waits for its number. */
  boolean lacksNumbers() {
    return gaps.stream().anyMatch(gap -> gap.settledAt() == Gap.MISSED);
  }

  /** The same with the number of a transaction that began after the reading. */
  OutboxPosition numbered(long number) {
    return new OutboxPosition(
        told,
        toldTo,
        gaps.stream()
            .map(
                gap ->
                    gap.settledAt() == Gap.MISSED ? new Gap(gap.first(), gap.last(), number) : gap)
            .toList());
  }

  /** Whether both are kept as the same row. */
  boolean isKeptAs(OutboxPosition other) {
    if (told != other.told || toldTo != other.toldTo || gaps.size() != other.gaps.size()) {
      return false;
    }
    for (int i = 0; i < gaps.size(); i++) {
      Gap mine = gaps.get(i);
      Gap its = other.gaps.get(i);
      if (mine.first != its.first || mine.last != its.last) {
        return false;
      }
    }
    return true;
  }

  /**
   * The position after a round.
   *
   * @param reading what this position's reading found
   * @param acknowledged sequences that the broker has
   * @param parked sequences that belong to parked aggregates
   */
  OutboxPosition after(OutboxReading reading, Set<Long> acknowledged, Set<Long> parked) {
    return new Round(reading, acknowledged, parked).from(this);
  }

  /** Goes once through the gaps and what was read, both in their order. */
  private static final class Round {
    private final OutboxReading reading;
    private final Set<Long> acknowledged;
    private final Set<Long> parked;
    private final List<Gap> left = new ArrayList<>();
    private int at;
    private long count;

    Round(OutboxReading reading, Set<Long> acknowledged, Set<Long> parked) {
      this.reading = reading;
      this.acknowledged = acknowledged;
      this.parked = parked;
    }

    OutboxPosition from(OutboxPosition before) {
      before.gaps.forEach(this::pass);
      long to = before.toldTo;
      if (at < reading.rows().size()) {
        to = reading.rows().getLast().seq();
        pass(new Gap(before.toldTo + 1, to, Gap.UNREAD));
      }
      return new OutboxPosition(before.told + count, to, left);
    }

    private void pass(Gap gap) {
      if (gap.isParked()) {
        leave(gap);
        return;
      }
      long next = gap.first();
      while (at < reading.rows().size() && reading.rows().get(at).seq() <= gap.last()) {
        long seq = reading.rows().get(at++).seq();
        notFound(next, seq - 1, gap.settledAt());
        if (acknowledged.contains(seq)) {
          count++;
        } else {
          leave(new Gap(seq, seq, parked.contains(seq) ? Gap.PARKED : Gap.UNREAD));
        }
        next = seq + 1;
      }
      notFound(next, gap.last(), gap.settledAt());
    }

    private void notFound(long first, long last, long settledAt) {
      long looked = Math.min(last, reading.completeTo());
      if (first <= looked) {
        if (reading.oldestRunning() < settledAt) {
          leave(new Gap(first, looked, settledAt == Gap.UNREAD ? Gap.MISSED : settledAt));
        }
      }
      long beyond = Math.max(first, looked + 1);
      if (beyond <= last) {
        leave(new Gap(beyond, last, settledAt));
      }
    }

    private void leave(Gap gap) {
      if (!left.isEmpty() && left.getLast().goesOnIn(gap)) {
        gap = new Gap(left.removeLast().first(), gap.last(), gap.settledAt());
      }
      left.add(gap);
    }
  }
}
