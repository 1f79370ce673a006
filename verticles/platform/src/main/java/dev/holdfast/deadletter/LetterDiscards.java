package dev.holdfast.deadletter;

import dev.holdfast.deadletter.ParkedLetter.Closing;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import io.vertx.core.Future;
import java.util.List;

/** Gives up many letters with one reason; each with its own refusal and its own act. */
public final class LetterDiscards {
  /** The most letters that one call gives up. */
  public static final int LETTERS_MAX = 500;

  /** Letters given up at the same time. */
  private static final int TOGETHER = 8;

  private final DeadLetters letters;
  private final CandidateStore candidates;

  public LetterDiscards(LetterServices services, DeadLetters letters) {
    this.letters = letters;
    this.candidates = new CandidateStore(services.database());
  }

  /**
   * What came of it.
   *
   * @param discarded given up
   * @param answered closed with a reply that was there by then
   * @param left still open: more than one call takes, or come meanwhile
   */
  public record Discarded(long discarded, long answered, long left) {
    private Discarded plus(Outcome<Closing> outcome) {
      return switch (outcome) {
        case Outcome.Rejected<Closing> closedMeanwhile -> this;
        case Outcome.Done<Closing> done ->
            done.reply() == Closing.ANSWERED
                ? new Discarded(discarded, answered + 1, left)
                : new Discarded(discarded + 1, answered, left);
      };
    }
  }

  /**
   * Gives up the first {@link #LETTERS_MAX} letters that are meant. Fails where one can't be given
   * up; those before it are closed then.
   *
   * @param reason one sentence for the requesters and the audit; no personal data
   */
  public Future<Discarded> discard(
      LetterSelection selection, String reason, String who, Deadline deadline) {
    return candidates
        .numbers(selection, LETTERS_MAX, deadline)
        .compose(numbers -> discard(numbers, new Discarded(0, 0, 0), reason, who, deadline))
        .compose(
            done ->
                candidates
                    .count(selection, deadline)
                    .map(left -> new Discarded(done.discarded(), done.answered(), left)));
  }

  private Future<Discarded> discard(
      List<Long> numbers, Discarded sum, String reason, String who, Deadline deadline) {
    if (numbers.isEmpty()) {
      return Future.succeededFuture(sum);
    }
    int together = Math.min(TOGETHER, numbers.size());
    return Future.all(
            numbers.subList(0, together).stream()
                .map(number -> letters.discard(number, reason, who, deadline))
                .toList())
        .map(done -> done.<Outcome<Closing>>list())
        .compose(
            done ->
                discard(
                    numbers.subList(together, numbers.size()),
                    added(sum, done),
                    reason,
                    who,
                    deadline));
  }

  private static Discarded added(Discarded sum, List<Outcome<Closing>> outcomes) {
    Discarded all = sum;
    for (Outcome<Closing> outcome : outcomes) {
      all = all.plus(outcome);
    }
    return all;
  }
}
