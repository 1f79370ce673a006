package dev.holdfast.deadletter;

import dev.holdfast.deadletter.ReplayRules.Stage;
import java.time.Instant;
import java.util.Objects;

/**
 * Letters replayed in numbers: what was asked for and how far it came.
 *
 * @param number names it in the management routes
 * @param selection which letters
 * @param rate letters a second at most
 * @param node where it runs
 * @param startedBy the subject of the person's token
 * @param status whether it still runs, and if not, why
 * @param stage how many letters are risked at once by now: ONE, TEN or ALL
 * @param round 1 to 3; another begins after an outage, or when letters came behind others meanwhile
 * @param letters those that the selection named when it began
 * @param counts what came of them so far
 * @param reason why it ended, for a person; null while it runs
 * @param endedAt platform time, or null
 */
public record LetterReplay(
    long number,
    LetterSelection selection,
    int rate,
    String node,
    String startedBy,
    Instant startedAt,
    Status status,
    String stage,
    int round,
    long letters,
    Counts counts,
    String reason,
    Instant endedAt) {

  /** How it stands. */
  public enum Status {
    RUNNING,
    /** It went through all that could be asked. */
    DONE,
    /** A letter broke again, or an outage lasted over all rounds. */
    STOPPED,
    /** A person called it off. */
    CANCELLED,
    /** Its node ended; whoever still wants it starts it again. */
    INTERRUPTED
  }

  /**
   * What came of the letters.
   *
   * @param replayed asked again, with an outcome, and closed
   * @param answered closed with a reply that was there by then
   * @param broken broke their agent again; still open
   * @param putOff met an outage; still open, unless a later round counts them as well
   * @param heldBack behind a letter that was not to be asked, in the present round; still open
   */
  public record Counts(long replayed, long answered, long broken, long putOff, long heldBack) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    /** Letters closed so far. */
    public long closed() {
      return replayed + answered;
    }

    Counts plus(Counts other) {
      return new Counts(
          replayed + other.replayed,
          answered + other.answered,
          broken + other.broken,
          putOff + other.putOff,
          heldBack + other.heldBack);
    }

    Counts holding(long held) {
      return new Counts(replayed, answered, broken, putOff, held);
    }
  }

  public LetterReplay {
    Objects.requireNonNull(selection, "selection");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(counts, "counts");
  }

  LetterReplay at(Stage newStage, int newRound, Counts newCounts) {
    return new LetterReplay(
        number,
        selection,
        rate,
        node,
        startedBy,
        startedAt,
        status,
        newStage.name(),
        newRound,
        letters,
        newCounts,
        reason,
        endedAt);
  }

  LetterReplay with(Counts newCounts) {
    return at(Stage.valueOf(stage), round, newCounts);
  }

  LetterReplay ended(Status as, String why, Instant now) {
    return new LetterReplay(
        number, selection, rate, node, startedBy, startedAt, as, stage, round, letters, counts, why,
        now);
  }
}
