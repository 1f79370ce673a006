package dev.holdfast.deadletter;

import dev.holdfast.deadletter.ReplayRules.Candidate;
import dev.holdfast.deadletter.ReplayRules.Held;
import dev.holdfast.deadletter.ReplayRules.Plan;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a person asks before deciding. Changes nothing. */
public final class LetterInquiry {
  /** The most letters that a dry run looks at. */
  public static final int DRY_RUN_MAX = 1_000;

  private static final Duration FIGURES_OF = Duration.ofHours(24);

  private final LetterServices services;
  private final DeadLetterStore store;
  private final CandidateStore candidates;
  private final LetterActs acts;

  public LetterInquiry(LetterServices services) {
    this.services = services;
    this.store = new DeadLetterStore(services.database());
    this.candidates = new CandidateStore(services.database());
    this.acts = new LetterActs(services.database(), services.meters());
  }

  /**
   * One letter with all that is known of it. It holds what customers said: for administrators, and
   * for no log.
   *
   * @param contents headers and payload as they are now
   * @param original the payload as it was parked, or empty when nobody has edited it
   * @param answered whether its id has a reply by now
   * @param acts what was done about it, the newest first
   */
  public record Inspected(
      ParkedLetter parked,
      Replayer.Contents contents,
      Optional<String> original,
      boolean answered,
      List<Act> acts) {
    public Inspected {
      acts = List.copyOf(acts);
    }
  }

  /** One letter, if there is one of that number. */
  public Future<Optional<Inspected>> inspect(long number, Deadline deadline) {
    return store
        .find(number, deadline)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : inspect(found.get(), deadline).map(Optional::of));
  }

  private Future<Inspected> inspect(ParkedLetter parked, Deadline deadline) {
    Future<Optional<String>> original = store.original(parked.number(), deadline);
    Future<Boolean> answered = isAnswered(parked.letter());
    Future<List<Act>> history = acts.ofLetter(parked.number(), deadline);
    return Future.all(original, answered, history)
        .map(
            all ->
                new Inspected(
                    parked,
                    services.replayer().contents(parked.letter()),
                    original.result(),
                    answered.result(),
                    history.result()));
  }

  private Future<Boolean> isAnswered(DeadLetter letter) {
    return services.replayer().answered(List.of(letter)).map(ids -> ids.contains(letter.id()));
  }

  /** A letter in the order of a replay. */
  public record Step(long number, String parkingKey, String stage, boolean follows) {}

  /** A letter that a replay would leave where it is. */
  public record HeldBack(long number, String parkingKey, long behind, String why) {}

  /**
   * What a replay would do.
   *
   * @param letters open letters that are meant
   * @param order those that would be asked, with the stage of each; several keys at a time
   * @param heldBack those that would not, and why
   * @param complete false when only the first {@link #DRY_RUN_MAX} letters were looked at
   * @param answered for one letter: whether it has a reply by now and would close with that; else
   *     empty
   */
  public record DryRun(
      LetterSelection selection,
      long letters,
      List<Step> order,
      List<HeldBack> heldBack,
      boolean complete,
      Optional<Boolean> answered) {
    public DryRun {
      order = List.copyOf(order);
      heldBack = List.copyOf(heldBack);
    }
  }

  /** What a replay of these letters would do now. */
  public Future<DryRun> dryRun(LetterSelection selection, Deadline deadline) {
    return candidates
        .count(selection, deadline)
        .compose(
            letters ->
                candidates
                    .candidates(selection, null, 0, DRY_RUN_MAX, deadline)
                    .map(page -> dryRun(selection, letters, page)));
  }

  private static DryRun dryRun(LetterSelection selection, long letters, List<Candidate> page) {
    Plan plan = ReplayRules.plan(page, Map.of(), selection.takesFollowers());
    List<Step> order = new ArrayList<>();
    for (Candidate letter : plan.replay()) {
      order.add(
          new Step(
              letter.number(),
              letter.parkingKey(),
              ReplayRules.stageAt(order.size()).name(),
              !letter.wanted()));
    }
    return new DryRun(
        selection,
        letters,
        order,
        plan.held().stream().map(LetterInquiry::heldBack).toList(),
        page.size() < DRY_RUN_MAX,
        Optional.empty());
  }

  private static HeldBack heldBack(Held held) {
    return new HeldBack(
        held.number(),
        held.parkingKey(),
        held.behind(),
        "letter " + held.behind() + " came before it under its key and is not meant");
  }

  /** The same for one letter, with whether it has a reply by now. */
  public Future<Outcome<DryRun>> dryRun(long number, Deadline deadline) {
    return store
        .find(number, deadline)
        .compose(
            found -> {
              if (found.isEmpty()) {
                return Future.succeededFuture(Outcome.rejected(LetterRefusals.unknown(number)));
              }
              return found.get().open()
                  ? dryRun(found.get(), deadline).map(Outcome::done)
                  : Future.succeededFuture(Outcome.rejected(LetterRefusals.closed(number)));
            });
  }

  private Future<DryRun> dryRun(ParkedLetter parked, Deadline deadline) {
    LetterSelection one = LetterSelection.one(parked.letter().agent(), parked.number());
    return dryRun(one, deadline)
        .compose(
            dry ->
                isAnswered(parked.letter())
                    .map(
                        answered ->
                            new DryRun(
                                one,
                                dry.letters(),
                                dry.order(),
                                dry.heldBack(),
                                dry.complete(),
                                Optional.of(answered))));
  }

  /** Open letters by cause, the most frequent first; of all agents when none is named. */
  public Future<List<Cause>> causes(String agent, Deadline deadline) {
    return CauseStore.causes(services.database(), agent, deadline);
  }

  /** How it stands with the dead letters. */
  public Future<LetterFigures> figures(Deadline deadline) {
    Instant since = services.clock().now().minus(FIGURES_OF);
    Future<Map<String, Long>> open = store.openCounts(deadline);
    return ActStore.replaysSince(services.database(), since, deadline)
        .compose(
            replays ->
                open.map(
                    counts -> LetterFigures.of(counts, replays.succeeded(), replays.failed())));
  }
}
