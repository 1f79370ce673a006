package dev.holdfast.deadletter;

import dev.holdfast.deadletter.Act.End;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.SqlState;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Replays of many letters: first one, then ten, then all, at a rate; in at most three rounds. One
 * that breaks again stops it. One at a time for each agent, in all the cluster.
 *
 * <p>A replay is a row. When its node ends it is {@code INTERRUPTED} and not taken up again: it may
 * be what ended the node. Nothing is lost by that; whoever still wants it starts it again.
 */
public final class LetterReplays {
  /** Letters a second when nothing else is said. */
  public static final int RATE_SHIPPED = 1_000;

  /** The most letters a second that may be asked for. */
  public static final int RATE_MAX = 5_000;

  private final LetterServices services;
  private final CandidateStore candidates;
  private final Context context;

  /** Its replays run on the caller's context, or one of their own when that is no event loop. */
  public LetterReplays(LetterServices services) {
    this.services = services;
    this.context = services.vertx().getOrCreateContext();
    this.candidates = new CandidateStore(services.database());
  }

  /** Gives up what a former life of this node, or a node that is silent, left running. */
  public Future<Integer> open(Deadline deadline) {
    return services
        .database()
        .inTransaction(
            deadline,
            tx -> LetterReplayStore.interrupt(tx, services.node(), services.clock().now()));
  }

  /** A replay, and a future that has its row when it has ended. */
  public record Started(LetterReplay replay, Future<LetterReplay> ended) {}

  /**
   * Starts a replay.
   *
   * @param rate letters a second, 1 to {@link #RATE_MAX}
   * @param who the subject of the person's token
   * @return its row; rejected with {@code replay_running} or {@code nothing_to_replay}
   */
  public Future<Outcome<Started>> start(
      LetterSelection selection, int rate, String who, Deadline deadline) {
    if (rate < 1 || rate > RATE_MAX) {
      throw new IllegalArgumentException("rate must be 1 to " + RATE_MAX + ", got " + rate);
    }
    return candidates
        .count(selection, deadline)
        .compose(
            letters ->
                letters == 0
                    ? rejected(LetterRefusals.nothingToReplay())
                    : insert(selection, rate, who, letters, deadline)
                        .map(this::begun)
                        .recover(cause -> another(selection, cause)));
  }

  private Future<LetterReplay> insert(
      LetterSelection selection, int rate, String who, long letters, Deadline deadline) {
    return services
        .database()
        .inTransaction(
            deadline,
            tx -> {
              LetterReplayStore.interruptStale(tx, selection.agent(), services.clock().now());
              return LetterReplayStore.insert(
                      tx, selection, rate, services.node(), who, letters, services.clock().now())
                  .compose(
                      replay ->
                          LetterActs.write(
                                  tx, List.of(act(replay, Act.Kind.START, End.STARTED, who)))
                              .map(replay));
            });
  }

  private Act act(LetterReplay replay, Act.Kind kind, End end, String who) {
    return new Act(
        replay.selection().agent(),
        null,
        replay.number(),
        kind,
        who,
        services.clock().now(),
        end,
        replay.letters() + " letters");
  }

  private Outcome<Started> begun(LetterReplay replay) {
    return Outcome.done(new Started(replay, new ReplayRun(services, context, replay).start()));
  }

  private static Future<Outcome<Started>> another(LetterSelection selection, Throwable cause) {
    return SqlState.isUniqueViolation(cause, LetterReplayStore.ONE_RUNS)
        ? rejected(LetterRefusals.replayRuns(selection.agent()))
        : Future.failedFuture(cause);
  }

  private static <T> Future<Outcome<T>> rejected(Refusal why) {
    return Future.succeededFuture(Outcome.rejected(why));
  }

  /**
   * Calls one off, on whatever node it runs; the wave that is under way is still asked.
   *
   * @return its row; rejected with {@code unknown_replay} or {@code replay_ended}
   */
  public Future<Outcome<LetterReplay>> cancel(long number, String who, Deadline deadline) {
    return find(number, deadline)
        .compose(
            found ->
                found.isEmpty()
                    ? rejected(LetterRefusals.unknownReplay(number))
                    : cancel(found.get(), who, deadline));
  }

  private Future<Outcome<LetterReplay>> cancel(LetterReplay replay, String who, Deadline deadline) {
    Act act = act(replay, Act.Kind.CANCEL, End.CANCELLED, who);
    return services
        .database()
        .inTransaction(
            deadline,
            tx ->
                LetterReplayStore.cancel(
                        tx, replay.number(), "called off by " + who, services.clock().now())
                    .compose(
                        agent ->
                            agent.isEmpty()
                                ? Future.succeededFuture(false)
                                : LetterActs.write(tx, List.of(act)).map(true)))
        .compose(
            cancelled ->
                cancelled
                    ? find(replay.number(), deadline).map(now -> Outcome.done(now.orElseThrow()))
                    : rejected(LetterRefusals.replayEnded(replay.number())));
  }

  /** The replay of a number, if there is one. */
  public Future<Optional<LetterReplay>> find(long number, Deadline deadline) {
    return LetterReplayStore.find(services.database(), number, deadline);
  }

  /**
   * The newest replays first.
   *
   * @param agent whose letters, or null for all
   */
  public Future<List<LetterReplay>> page(String agent, Deadline deadline) {
    return LetterReplayStore.page(services.database(), agent, deadline);
  }
}
