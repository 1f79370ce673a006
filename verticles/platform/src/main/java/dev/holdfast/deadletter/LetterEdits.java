package dev.holdfast.deadletter;

import dev.holdfast.deadletter.Act.End;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import io.vertx.core.Future;
import java.util.List;

/**
 * Changes what a letter says. Its id, key and merchant stay, and so does what it said first.
 *
 * <p>Only a command can be edited: an event is what its teller said, and a run has no text.
 */
public final class LetterEdits {
  private final LetterServices services;
  private final DeadLetterStore store;
  private final LetterActs acts;

  public LetterEdits(LetterServices services) {
    this.services = services;
    this.store = new DeadLetterStore(services.database());
    this.acts = new LetterActs(services.database(), services.meters());
  }

  /**
   * Puts a text in place of a letter's payload.
   *
   * @param payload JSON
   * @return the letter's number; rejected when the text is not the same command of the same
   *     aggregate, in which case the message names the field, and as by {@link DeadLetters#replay}
   */
  public Future<Outcome<Long>> edit(long number, String payload, String who, Deadline deadline) {
    return store
        .find(number, deadline)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Outcome.rejected(LetterRefusals.unknown(number)))
                    : edit(found.get(), payload, who, deadline));
  }

  private Future<Outcome<Long>> edit(
      ParkedLetter parked, String payload, String who, Deadline deadline) {
    if (!parked.open()) {
      return refused(
          parked, new Outcome.Rejected<>(LetterRefusals.closed(parked.number())), who, deadline);
    }
    return switch (services.replayer().edited(parked.letter(), payload)) {
      case Outcome.Done<String> good -> write(parked, good.reply(), who, deadline);
      case Outcome.Rejected<String> bad ->
          refused(parked, new Outcome.Rejected<>(bad.why()), who, deadline);
    };
  }

  private Future<Outcome<Long>> write(
      ParkedLetter parked, String payload, String who, Deadline deadline) {
    Act act = act(parked, who, End.EDITED, null);
    return services
        .database()
        .inTransaction(
            deadline,
            tx ->
                DeadLetterStore.edit(tx, parked.number(), payload)
                    .compose(
                        edited ->
                            !edited
                                ? Future.succeededFuture(false)
                                : LetterActs.write(tx, List.of(act)).map(true)))
        .map(
            edited ->
                edited
                    ? Outcome.done(parked.number())
                    : Outcome.rejected(LetterRefusals.closed(parked.number())));
  }

  private Future<Outcome<Long>> refused(
      ParkedLetter parked, Outcome.Rejected<Long> why, String who, Deadline deadline) {
    return acts.write(act(parked, who, End.REJECTED, why.why().code()), deadline).map(why);
  }

  private Act act(ParkedLetter parked, String who, End end, String note) {
    return new Act(
        parked.letter().agent(),
        parked.number(),
        null,
        Act.Kind.EDIT,
        who,
        services.clock().now(),
        end,
        note);
  }
}
