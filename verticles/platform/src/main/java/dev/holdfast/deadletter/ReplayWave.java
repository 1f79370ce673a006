package dev.holdfast.deadletter;

import dev.holdfast.deadletter.Act.End;
import dev.holdfast.deadletter.DeadLetterStore.Close;
import dev.holdfast.deadletter.LetterReplay.Counts;
import dev.holdfast.deadletter.ParkedLetter.Closing;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks letters of different keys at the same time, and writes what came of them: letters, acts and
 * the replay's row in one transaction.
 */
final class ReplayWave {
  private static final Duration ASK = Duration.ofSeconds(10);
  private static final Duration WRITE = Duration.ofSeconds(5);

  private final LetterServices services;
  private final CandidateStore candidates;
  private final LetterActs acts;
  private final Clock clock;

  ReplayWave(LetterServices services) {
    this.services = services;
    this.candidates = new CandidateStore(services.database());
    this.acts = new LetterActs(services.database(), services.meters());
    this.clock = services.clock();
  }

  /** What came of one letter. */
  private record Result(ParkedLetter parked, End end, String note) {
    private boolean closes() {
      return end == End.REPLAYED || end == End.ANSWERED;
    }
  }

  /**
   * A wave at its end.
   *
   * @param replay the row as it is now
   * @param stillRuns false when it was called off meanwhile
   * @param closed those with an outcome
   * @param firstBroken the number of one that broke again
   * @param metOutage whether one met an outage
   */
  record Waved(
      LetterReplay replay,
      boolean stillRuns,
      List<DeadLetter> closed,
      Optional<Long> firstBroken,
      boolean metOutage) {}

  /** Fails when the letters can't be read, or what came of them can't be written. */
  Future<Waved> run(LetterReplay replay, List<Long> numbers) {
    return candidates
        .read(numbers, in(WRITE))
        .compose(this::ask)
        .compose(results -> write(replay, results));
  }

  private Deadline in(Duration time) {
    return Deadline.in(time, clock);
  }

  private Future<List<Result>> ask(List<ParkedLetter> letters) {
    List<DeadLetter> messages = letters.stream().map(ParkedLetter::letter).toList();
    return services
        .replayer()
        .answered(messages)
        .compose(
            answered ->
                Future.all(letters.stream().map(letter -> ask(letter, answered)).toList())
                    .map(all -> all.<Result>list()));
  }

  private Future<Result> ask(ParkedLetter parked, Set<CommandId> answered) {
    if (answered.contains(parked.letter().id())) {
      return Future.succeededFuture(new Result(parked, End.ANSWERED, null));
    }
    return Future.succeededFuture(parked.letter())
        .compose(letter -> services.replayer().ask(letter, in(ASK)))
        .transform(
            asked ->
                Future.succeededFuture(
                    asked.succeeded()
                        ? new Result(parked, End.REPLAYED, DeadLetters.noteOf(asked.result()))
                        : new Result(
                            parked,
                            DeadLetters.endOf(asked.cause()),
                            DeadLetters.codeOf(asked.cause()))));
  }

  private Future<Waved> write(LetterReplay before, List<Result> results) {
    Instant now = clock.now();
    LetterReplay after = before.with(before.counts().plus(count(results)));
    List<Act> done = results.stream().map(result -> act(before, result, now)).toList();
    List<Result> closing = results.stream().filter(Result::closes).toList();
    List<Close> closes =
        closing.stream()
            .map(result -> new Close(result.parked(), as(result.end()), result.note()))
            .toList();
    return services
        .database()
        .inTransaction(in(WRITE), tx -> write(tx, after, closes, done, now))
        .onSuccess(running -> acts.count(done))
        .map(
            running ->
                new Waved(
                    after,
                    running,
                    closing.stream().map(result -> result.parked().letter()).toList(),
                    results.stream()
                        .filter(result -> result.end() == End.BROKE_AGAIN)
                        .map(result -> result.parked().number())
                        .findFirst(),
                    count(results, End.PUT_OFF) > 0));
  }

  private static Future<Boolean> write(
      Tx tx, LetterReplay replay, List<Close> closes, List<Act> done, Instant now) {
    Future<Set<Long>> closed = DeadLetterStore.close(tx, closes, now);
    Future<Void> kept = LetterActs.write(tx, done);
    Future<Boolean> running = LetterReplayStore.progress(tx, replay);
    return Future.all(closed, kept, running).compose(all -> running);
  }

  private static Closing as(End end) {
    return end == End.ANSWERED ? Closing.ANSWERED : Closing.REPLAYED;
  }

  private static Act act(LetterReplay replay, Result result, Instant now) {
    return new Act(
        result.parked().letter().agent(),
        result.parked().number(),
        replay.number(),
        Act.Kind.REPLAY,
        replay.startedBy(),
        now,
        result.end(),
        result.note());
  }

  private static Counts count(List<Result> results) {
    return new Counts(
        count(results, End.REPLAYED),
        count(results, End.ANSWERED),
        count(results, End.BROKE_AGAIN),
        count(results, End.PUT_OFF),
        0);
  }

  private static long count(List<Result> results, End end) {
    return results.stream().filter(result -> result.end() == end).count();
  }
}
