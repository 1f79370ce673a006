package dev.holdfast.deadletter;

import dev.holdfast.deadletter.Act.End;
import dev.holdfast.deadletter.DeadLetterStore.Close;
import dev.holdfast.deadletter.ParkedLetter.Closing;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What a person may decide about one dead letter. A rejected outcome says why it can't be done now;
 * the letter is as it was then. Every act about a letter that is there is kept, with who did it.
 */
public final class DeadLetters {
  /** The code of the refusal that is recorded for a discarded command. */
  public static final String DISCARDED = "discarded";

  /** The act's own deadline may have passed. */
  private static final Duration AUDIT = Duration.ofSeconds(3);

  private final LetterServices services;
  private final DeadLetterStore store;
  private final Replayer replayer;
  private final LetterActs acts;

  public DeadLetters(LetterServices services) {
    this.services = services;
    this.store = new DeadLetterStore(services.database());
    this.replayer = services.replayer();
    this.acts = new LetterActs(services.database(), services.meters());
  }

  /**
   * Asks a letter again and closes it when there is an outcome, a refusal included. One whose id
   * has a reply by now is closed with that.
   *
   * @param who the subject of the person's token
   * @return how it was closed; rejected with {@code unknown_dead_letter}, {@code
   *     dead_letter_closed}, or {@code earlier_dead_letter_open}; fails with {@link Parked} when it
   *     broke again and with {@link Unavailable} in an outage, and is open then
   */
  public Future<Outcome<Closing>> replay(long number, String who, Deadline deadline) {
    return ifOpen(
        number,
        deadline,
        parked -> {
          Doing doing = new Doing(parked, Act.Kind.REPLAY, who, deadline);
          return audited(doing, replayFirst(doing));
        });
  }

  /**
   * Gives a letter up: records its refusal under its id and closes it, both or neither.
   *
   * @param reason one sentence for the requester and the audit; no personal data
   * @return how it was closed: {@code ANSWERED} when its id had a reply by now; rejected as by
   *     {@link #replay}, but in any order
   */
  public Future<Outcome<Closing>> discard(
      long number, String reason, String who, Deadline deadline) {
    return ifOpen(
        number,
        deadline,
        parked -> {
          Doing doing = new Doing(parked, Act.Kind.DISCARD, who, deadline);
          return audited(doing, discard(doing, reason));
        });
  }

  /** One act about one letter. */
  private record Doing(ParkedLetter parked, Act.Kind kind, String who, Deadline deadline) {}

  private Future<Outcome<Closing>> ifOpen(
      long number, Deadline deadline, Function<ParkedLetter, Future<Outcome<Closing>>> act) {
    return store
        .find(number, deadline)
        .compose(
            found -> {
              if (found.isEmpty()) {
                return rejected(LetterRefusals.unknown(number));
              }
              return found.get().open()
                  ? act.apply(found.get())
                  : rejected(LetterRefusals.closed(number));
            });
  }

  /** What closed the letter wrote its act with that; what did not is written here. */
  private Future<Outcome<Closing>> audited(Doing doing, Future<Outcome<Closing>> done) {
    return done.transform(
        ended -> {
          if (ended.failed()) {
            return kept(doing, endOf(ended.cause()), codeOf(ended.cause())).transform(w -> done);
          }
          return switch (ended.result()) {
            case Outcome.Done<Closing> closed -> done;
            case Outcome.Rejected<Closing> no ->
                kept(doing, End.REJECTED, no.why().code()).transform(w -> done);
          };
        });
  }

  private Future<Void> kept(Doing doing, End end, String note) {
    return acts.write(act(doing, end, note), Deadline.in(AUDIT, services.clock()));
  }

  private Act act(Doing doing, End end, String note) {
    return new Act(
        doing.parked().letter().agent(),
        doing.parked().number(),
        null,
        doing.kind(),
        doing.who(),
        services.clock().now(),
        end,
        note);
  }

  /** An outage may pass by itself; anything else is the letter's own fault. */
  static End endOf(Throwable failure) {
    return failure instanceof Unavailable ? End.PUT_OFF : End.BROKE_AGAIN;
  }

  /** A word for a failure that holds nothing of the message. */
  static String codeOf(Throwable failure) {
    return switch (failure) {
      case Unavailable outage -> outage.code();
      case Parked parked -> null;
      default -> failure.getClass().getSimpleName();
    };
  }

  private Future<Outcome<Closing>> replayFirst(Doing doing) {
    DeadLetter letter = doing.parked().letter();
    return store
        .openBehind(letter.agent(), letter.parkingKey(), doing.deadline())
        .compose(
            queue -> {
              long number = doing.parked().number();
              long first = queue.isEmpty() ? number : queue.getFirst().number();
              return first < number ? rejected(LetterRefusals.earlierOpen(first)) : replay(doing);
            });
  }

  private Future<Outcome<Closing>> replay(Doing doing) {
    DeadLetter letter = doing.parked().letter();
    return isAnswered(letter)
        .compose(
            answered ->
                answered
                    ? close(doing, Closing.ANSWERED, null)
                    : replayer
                        .ask(letter, doing.deadline())
                        .compose(outcome -> close(doing, Closing.REPLAYED, noteOf(outcome))));
  }

  private Future<Boolean> isAnswered(DeadLetter letter) {
    return replayer.answered(List.of(letter)).map(ids -> ids.contains(letter.id()));
  }

  static String noteOf(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Done<?> done -> null;
      case Outcome.Rejected<?> rejected -> "refused: " + rejected.why().code();
    };
  }

  private Future<Outcome<Closing>> close(Doing doing, Closing as, String note) {
    return closing(doing, as, note, tx -> Future.succeededFuture());
  }

  /** Closes it, with its act and whatever belongs to it, or none of them. */
  private Future<Outcome<Closing>> closing(
      Doing doing, Closing as, String note, Function<Tx, Future<Void>> besides) {
    Act act = act(doing, End.valueOf(as.name()), note);
    List<Close> closes = List.of(new Close(doing.parked(), as, note));
    return services
        .database()
        .inTransaction(
            doing.deadline(),
            tx ->
                DeadLetterStore.close(tx, closes, services.clock().now())
                    .compose(
                        closed ->
                            closed.isEmpty()
                                ? Future.succeededFuture(closed)
                                : Future.all(besides.apply(tx), LetterActs.write(tx, List.of(act)))
                                    .map(closed)))
        .map(closed -> told(doing.parked(), act, as, closed));
  }

  /** Whoever closed it in the meantime has told of it. */
  private Outcome<Closing> told(ParkedLetter parked, Act act, Closing as, Set<Long> closed) {
    if (closed.isEmpty()) {
      return Outcome.rejected(LetterRefusals.closed(parked.number()));
    }
    acts.count(List.of(act));
    replayer.closed(List.of(parked.letter()));
    return Outcome.done(as);
  }

  private Future<Outcome<Closing>> discard(Doing doing, String reason) {
    return isAnswered(doing.parked().letter())
        .compose(
            answered ->
                answered
                    ? close(doing, Closing.ANSWERED, null)
                    : refuse(doing, reason).recover(failure -> lostToReply(doing, failure)));
  }

  private Future<Outcome<Closing>> refuse(Doing doing, String reason) {
    Refusal refusal = Refusal.conflict(DISCARDED, reason);
    return closing(
        doing,
        Closing.DISCARDED,
        reason,
        tx -> replayer.refuse(tx, doing.parked().letter(), refusal));
  }

  /** A reply that came between the look and the refusal counts: then the refusal was refused. */
  private Future<Outcome<Closing>> lostToReply(Doing doing, Throwable failure) {
    return failure instanceof Unavailable
        ? Future.failedFuture(failure)
        : isAnswered(doing.parked().letter())
            .compose(
                answered ->
                    answered ? close(doing, Closing.ANSWERED, null) : Future.failedFuture(failure));
  }

  private static <T> Future<Outcome<T>> rejected(Refusal why) {
    return Future.succeededFuture(Outcome.rejected(why));
  }
}
