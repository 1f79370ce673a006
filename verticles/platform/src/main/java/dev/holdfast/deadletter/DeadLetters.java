package dev.holdfast.deadletter;

import dev.holdfast.deadletter.ParkedLetter.Closing;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.Database;
import io.vertx.core.Future;

/**
 * What a person may decide about a dead letter. A rejected outcome says why it can't be done now;
 * the letter is as it was then.
 */
public final class DeadLetters {
  /** The code of the refusal that is recorded for a discarded command. */
  public static final String DISCARDED = "discarded";

  private final Database database;
  private final DeadLetterStore store;
  private final Replayer replayer;
  private final Clock clock;

  public DeadLetters(Database database, DeadLetterStore store, Replayer replayer, Clock clock) {
    this.database = database;
    this.store = store;
    this.replayer = replayer;
    this.clock = clock;
  }

  /**
   * Asks a letter again and closes it when there is an outcome, a refusal included. One whose id
   * has a reply by now is closed with that.
   *
   * @return how it was closed; rejected with {@code unknown_dead_letter}, {@code
   *     dead_letter_closed}, or {@code earlier_dead_letter_open}; fails with {@link
   *     dev.holdfast.kernel.Parked} when it broke again and with {@link Unavailable} in an outage,
   *     and is open then
   */
  public Future<Outcome<Closing>> replay(long number, Deadline deadline) {
    return open(number, deadline)
        .compose(
            found ->
                switch (found) {
                  case Outcome.Rejected<ParkedLetter> no -> rejected(no.why());
                  case Outcome.Done<ParkedLetter> yes -> replayFirst(yes.reply(), deadline);
                });
  }

  /**
   * Gives a letter up: records its refusal under its id and closes it, both or neither.
   *
   * @param reason one sentence for the requester and the audit; no personal data
   * @return how it was closed: {@code ANSWERED} when its id had a reply by now; rejected as by
   *     {@link #replay}, but in any order
   */
  public Future<Outcome<Closing>> discard(long number, String reason, Deadline deadline) {
    return open(number, deadline)
        .compose(
            found ->
                switch (found) {
                  case Outcome.Rejected<ParkedLetter> no -> rejected(no.why());
                  case Outcome.Done<ParkedLetter> yes -> discard(yes.reply(), reason, deadline);
                });
  }

  private Future<Outcome<ParkedLetter>> open(long number, Deadline deadline) {
    return store
        .find(number, deadline)
        .map(
            found ->
                found
                    .map(DeadLetters::ifOpen)
                    .orElseGet(
                        () ->
                            Outcome.rejected(
                                Refusal.notFound(
                                    "unknown_dead_letter", "There is no dead letter " + number))));
  }

  private static Outcome<ParkedLetter> ifOpen(ParkedLetter found) {
    return found.open() ? Outcome.done(found) : Outcome.rejected(alreadyClosed(found.number()));
  }

  private static Refusal alreadyClosed(long number) {
    return Refusal.conflict("dead_letter_closed", "Dead letter " + number + " is closed");
  }

  private Future<Outcome<Closing>> replayFirst(ParkedLetter parked, Deadline deadline) {
    DeadLetter letter = parked.letter();
    return store
        .openBehind(letter.agent(), letter.parkingKey(), deadline)
        .compose(
            queue -> {
              long first = queue.isEmpty() ? parked.number() : queue.getFirst().number();
              return first < parked.number()
                  ? rejected(earlierOpen(first))
                  : replayNow(parked, deadline);
            });
  }

  private static Refusal earlierOpen(long first) {
    return Refusal.conflict(
        "earlier_dead_letter_open",
        "Dead letter " + first + " came before it under the same key: close that one first");
  }

  private Future<Outcome<Closing>> replayNow(ParkedLetter parked, Deadline deadline) {
    return replayer
        .answered(parked.letter())
        .compose(
            answered ->
                answered
                    ? close(parked, Closing.ANSWERED, null, deadline)
                    : replayer
                        .ask(parked.letter(), deadline)
                        .compose(
                            outcome -> close(parked, Closing.REPLAYED, noteOf(outcome), deadline)));
  }

  private static String noteOf(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Done<?> done -> null;
      case Outcome.Rejected<?> rejected -> "refused: " + rejected.why().code();
    };
  }

  private Future<Outcome<Closing>> close(
      ParkedLetter parked, Closing as, String note, Deadline deadline) {
    return database
        .inTransaction(
            deadline, tx -> DeadLetterStore.close(tx, parked.number(), as, note, clock.now()))
        .map(closed -> told(parked, as, closed));
  }

  /** Whoever closed it in the meantime has told of it. */
  private Outcome<Closing> told(ParkedLetter parked, Closing as, boolean closed) {
    if (!closed) {
      return Outcome.rejected(alreadyClosed(parked.number()));
    }
    replayer.closed(parked.letter());
    return Outcome.done(as);
  }

  private Future<Outcome<Closing>> discard(ParkedLetter parked, String reason, Deadline deadline) {
    return replayer
        .answered(parked.letter())
        .compose(
            answered ->
                answered
                    ? close(parked, Closing.ANSWERED, null, deadline)
                    : refuse(parked, reason, deadline)
                        .recover(failure -> lostToReply(parked, failure, deadline)));
  }

  private Future<Outcome<Closing>> refuse(ParkedLetter parked, String reason, Deadline deadline) {
    Refusal refusal = Refusal.conflict(DISCARDED, reason);
    return database
        .inTransaction(
            deadline,
            tx ->
                DeadLetterStore.close(tx, parked.number(), Closing.DISCARDED, reason, clock.now())
                    .compose(
                        closed ->
                            closed
                                ? replayer.refuse(tx, parked.letter(), refusal).map(true)
                                : Future.succeededFuture(false)))
        .map(closed -> told(parked, Closing.DISCARDED, closed));
  }

  /** A reply that came between the look and the refusal counts: then the refusal was refused. */
  private Future<Outcome<Closing>> lostToReply(
      ParkedLetter parked, Throwable failure, Deadline deadline) {
    return failure instanceof Unavailable
        ? Future.failedFuture(failure)
        : replayer
            .answered(parked.letter())
            .compose(
                answered ->
                    answered
                        ? close(parked, Closing.ANSWERED, null, deadline)
                        : Future.failedFuture(failure));
  }

  private static Future<Outcome<Closing>> rejected(Refusal why) {
    return Future.succeededFuture(Outcome.rejected(why));
  }
}
