package dev.holdfast.workflow;

import dev.holdfast.deadletter.DeadLetter;
import dev.holdfast.deadletter.Replayer;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Sees to the dead letters that are runs, and leaves others to whoever knows them. To replay a run
 * is to set it going forward (one that was turning back goes on back); to discard it is to turn it
 * back.
 */
public final class RunLetters implements Replayer {
  private static final Duration LOOK_UP = Duration.ofSeconds(3);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /** A run that has not come back to a person by then goes on. */
  private static final int LOOKS = 20;

  private final Replayer others;
  private final WorkflowRunner runner;
  private final RunLog runs;
  private final Vertx vertx;
  private final Clock clock;

  /**
   * @param others what replays letters that are no runs
   */
  public RunLetters(Replayer others, WorkflowRunner runner, RunLog runs, Vertx vertx, Clock clock) {
    this.others = others;
    this.runner = runner;
    this.runs = runs;
    this.vertx = vertx;
    this.clock = clock;
  }

  private static boolean isRun(DeadLetter letter) {
    return letter.kind() == DeadLetter.Kind.RUN;
  }

  private static UUID runOf(DeadLetter letter) {
    return letter.id().value();
  }

  private static List<DeadLetter> notRuns(Collection<DeadLetter> letters) {
    return letters.stream().filter(letter -> !isRun(letter)).toList();
  }

  @Override
  public Future<Set<CommandId>> answered(List<DeadLetter> letters) {
    List<DeadLetter> ours = letters.stream().filter(RunLetters::isRun).toList();
    Future<Set<CommandId>> theirs = others.answered(notRuns(letters));
    return ours.isEmpty()
        ? theirs
        : runs.going(ours.stream().map(RunLetters::runOf).toList(), Deadline.in(LOOK_UP, clock))
            .compose(going -> theirs.map(known -> together(ours, going, known)));
  }

  private static Set<CommandId> together(
      List<DeadLetter> ours, Set<UUID> going, Set<CommandId> known) {
    Set<CommandId> all = new HashSet<>(known);
    ours.stream()
        .filter(letter -> going.contains(runOf(letter)))
        .forEach(letter -> all.add(letter.id()));
    return all;
  }

  /** Waits a little: a run whose cause is still there is back at once. */
  @Override
  public Future<? extends Outcome<?>> ask(DeadLetter letter, Deadline deadline) {
    return isRun(letter)
        ? runner.resume(runOf(letter), true).compose(resumed -> settled(letter, LOOKS))
        : others.ask(letter, deadline);
  }

  private Future<Outcome<String>> settled(DeadLetter letter, int looks) {
    return vertx
        .timer(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)
        .compose(time -> runs.find(runOf(letter), Deadline.in(LOOK_UP, clock)))
        .compose(
            run -> run.map(entry -> after(letter, entry.status(), looks)).orElseGet(this::gone));
  }

  private Future<Outcome<String>> gone() {
    return Future.succeededFuture(
        Outcome.rejected(Refusal.notFound("unknown_run", "There is no such run any more")));
  }

  private Future<Outcome<String>> after(DeadLetter letter, RunStatus status, int looks) {
    return switch (status) {
      case NEEDS_HUMAN -> Future.failedFuture(new Parked("the run needs a person again"));
      case COMPLETED, TURNED_BACK, WAITING -> Future.succeededFuture(Outcome.done(status.name()));
      case RUNNING, TURNING_BACK ->
          looks > 1
              ? settled(letter, looks - 1)
              : Future.succeededFuture(Outcome.done(status.name()));
    };
  }

  @Override
  public Future<Void> refuse(Tx tx, DeadLetter letter, Refusal why) {
    return isRun(letter)
        ? runner.turnBack(tx, runOf(letter)).mapEmpty()
        : others.refuse(tx, letter, why);
  }

  @Override
  public void closed(Collection<DeadLetter> letters) {
    others.closed(notRuns(letters));
    if (letters.stream().anyMatch(RunLetters::isRun)) {
      runner.lookAround();
    }
  }

  @Override
  public Contents contents(DeadLetter letter) {
    return isRun(letter) ? new Contents(Map.of(), letter.body()) : others.contents(letter);
  }

  @Override
  public Outcome<String> edited(DeadLetter letter, String payload) {
    return isRun(letter)
        ? Outcome.rejected(
            Refusal.conflict("run_not_editable", "A run has no text: repair what it names."))
        : others.edited(letter, payload);
  }
}
