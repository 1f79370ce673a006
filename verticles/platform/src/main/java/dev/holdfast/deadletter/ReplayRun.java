package dev.holdfast.deadletter;

import dev.holdfast.deadletter.LetterReplay.Status;
import dev.holdfast.deadletter.ReplayRules.Plan;
import dev.holdfast.deadletter.ReplayRules.Stage;
import dev.holdfast.deadletter.ReplayWave.Waved;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replay of many letters, from its row to its end. Letters are asked in waves, at most one of a
 * key in a wave; what came of a wave is written in one transaction with its acts and the row, and
 * only then the next begins. Confined to a context of its own.
 */
final class ReplayRun {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayRun.class);

  /** Letters asked at the same time. */
  static final int WAVE_MAX = 256;

  /** Candidates read at a time. */
  static final int PAGE = 2_000;

  private static final Duration READ = Duration.ofSeconds(5);
  private static final Duration AFTER_OUTAGE = Duration.ofSeconds(2);
  private static final Duration TELL_EVERY = Duration.ofMillis(500);
  private static final int END_TRIES = 10;

  private final LetterServices services;
  private final CandidateStore candidates;
  private final ReplayWave waves;
  private final Clock clock;
  private final Context context;
  private final Promise<LetterReplay> ended = Promise.promise();
  private final ReplayQueue queue = new ReplayQueue();
  private final List<DeadLetter> untold = new ArrayList<>();
  private LetterReplay replay;
  private Stage stage = Stage.ONE;
  private int leftInStage = Stage.ONE.letters();
  private Map<String, Long> blocked = Map.of();
  private long cursor;
  private int round = 1;
  private long closedInRound;
  private long heldBack;
  private long toldNanos;

  ReplayRun(LetterServices services, Context context, LetterReplay replay) {
    this.services = services;
    this.candidates = new CandidateStore(services.database());
    this.waves = new ReplayWave(services);
    this.clock = services.clock();
    this.context = context;
    this.replay = replay;
    this.toldNanos = clock.nanoTime();
  }

  /** Begins; the future has the row at its end and never fails. */
  Future<LetterReplay> start() {
    context.runOnContext(turn -> step());
    return ended.future();
  }

  private void step() {
    if (queue.isEmpty()) {
      candidates
          .candidates(replay.selection(), replay.startedAt(), cursor, PAGE, in(READ))
          .onSuccess(this::planned)
          .onFailure(this::putOff);
    } else {
      wave(queue.take(Math.min(Math.min(WAVE_MAX, replay.rate()), leftInStage)));
    }
  }

  private Deadline in(Duration time) {
    return Deadline.in(time, clock);
  }

  private void planned(List<ReplayRules.Candidate> page) {
    if (page.isEmpty()) {
      roundEnded();
      return;
    }
    cursor = page.getLast().number();
    Plan plan = ReplayRules.plan(page, blocked, replay.selection().takesFollowers());
    blocked = plan.blocked();
    queue.add(plan.replay());
    heldBack += plan.held().size();
    step();
  }

  private void wave(List<Long> numbers) {
    long begun = clock.nanoTime();
    replay = replay.at(stage, round, replay.counts().holding(heldBack));
    waves
        .run(replay, numbers)
        .onSuccess(wave -> waveEnded(wave, numbers.size(), begun))
        .onFailure(this::putOff);
  }

  private void waveEnded(Waved wave, int asked, long begun) {
    replay = wave.replay();
    untold.addAll(wave.closed());
    closedInRound += wave.closed().size();
    if (!wave.stillRuns()) {
      end(replay);
    } else if (wave.firstBroken().isPresent()) {
      end(Status.STOPPED, "letter " + wave.firstBroken().get() + " broke again");
    } else if (wave.metOutage()) {
      nextRound("an outage came in between", AFTER_OUTAGE.toMillis());
    } else {
      leftInStage -= stage == Stage.ALL ? 0 : asked;
      if (leftInStage == 0) {
        stage = stage.next();
        leftInStage = stage.letters();
      }
      tellNowAndThen();
      pace(asked, begun);
    }
  }

  /** A wave may not be followed before its letters' share of a second has passed. */
  private void pace(int asked, long begun) {
    long dueNanos = begun + asked * 1_000_000_000L / replay.rate();
    long waitMs = (dueNanos - clock.nanoTime() + 999_999) / 1_000_000;
    if (waitMs > 0) {
      services.vertx().setTimer(waitMs, timer -> context.runOnContext(turn -> step()));
    } else {
      context.runOnContext(turn -> step());
    }
  }

  private void tellNowAndThen() {
    if (clock.nanoTime() - toldNanos >= TELL_EVERY.toNanos()) {
      tell();
    }
  }

  private void tell() {
    toldNanos = clock.nanoTime();
    if (!untold.isEmpty()) {
      services.replayer().closed(List.copyOf(untold));
      untold.clear();
    }
  }

  /** What was asked may have taken effect; its reply is found when it is asked again. */
  private void putOff(Throwable cause) {
    LOG.warn("replay {} of {} is held up: {}", replay.number(), agent(), DeadLetters.codeOf(cause));
    nextRound("held up by " + DeadLetters.codeOf(cause), AFTER_OUTAGE.toMillis());
  }

  private String agent() {
    return replay.selection().agent();
  }

  /** Letters may have come behind others meanwhile: as long as there is something to do, again. */
  private void roundEnded() {
    if (closedInRound == 0 || round == ReplayRules.ROUNDS_MAX) {
      replay = replay.with(replay.counts().holding(heldBack));
      end(
          Status.DONE,
          heldBack == 0 ? "all are closed" : heldBack + " stay behind letters of another cause");
    } else {
      tell();
      nextRound("", 1);
    }
  }

  private void nextRound(String why, long waitMs) {
    if (round == ReplayRules.ROUNDS_MAX) {
      end(Status.STOPPED, why);
      return;
    }
    round++;
    stage = Stage.ONE;
    leftInStage = stage.letters();
    queue.clear();
    blocked = Map.of();
    cursor = 0;
    closedInRound = 0;
    heldBack = 0;
    services.vertx().setTimer(waitMs, timer -> context.runOnContext(turn -> step()));
  }

  private void end(Status as, String why) {
    end(replay.ended(as, why, clock.now()), END_TRIES);
  }

  private void end(LetterReplay last, int tries) {
    services
        .database()
        .inTransaction(in(READ), tx -> LetterReplayStore.progress(tx, last))
        .onSuccess(written -> end(last))
        .onFailure(
            cause -> {
              if (tries > 1) {
                services
                    .vertx()
                    .setTimer(
                        AFTER_OUTAGE.toMillis(),
                        timer -> context.runOnContext(turn -> end(last, tries - 1)));
              } else {
                LOG.warn("the end of replay {} could not be written", last.number());
                end(last);
              }
            });
  }

  private void end(LetterReplay last) {
    tell();
    LOG.info(
        "replay {} of {} ended: {}, {}, {}",
        last.number(),
        agent(),
        last.status(),
        last.counts(),
        last.reason());
    ended.tryComplete(last);
  }
}
