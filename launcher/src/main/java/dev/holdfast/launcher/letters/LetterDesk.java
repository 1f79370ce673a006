package dev.holdfast.launcher.letters;

import dev.holdfast.deadletter.DeadLetters;
import dev.holdfast.deadletter.LetterDiscards;
import dev.holdfast.deadletter.LetterEdits;
import dev.holdfast.deadletter.LetterGauges;
import dev.holdfast.deadletter.LetterInquiry;
import dev.holdfast.deadletter.LetterReplays;
import dev.holdfast.deadletter.LetterServices;
import dev.holdfast.deadletter.ReplayOffers;
import dev.holdfast.guard.Guards;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.launcher.crew.Crew;
import dev.holdfast.supervision.TreeState;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything about dead letters that a process has once. */
public final class LetterDesk {
  private static final Logger LOG = LoggerFactory.getLogger(LetterDesk.class);
  private static final Duration OPENING = Duration.ofSeconds(5);

  private final LetterServices services;
  private final DeadLetters letters;
  private final LetterEdits edits;
  private final LetterDiscards discards;
  private final LetterReplays replays;
  private final LetterInquiry inquiry;
  private final LetterGauges gauges;
  private final ReplayOffers offers = new ReplayOffers();

  public LetterDesk(LetterServices services) {
    this.services = services;
    this.letters = new DeadLetters(services);
    this.edits = new LetterEdits(services);
    this.discards = new LetterDiscards(services, letters);
    this.replays = new LetterReplays(services);
    this.inquiry = new LetterInquiry(services);
    this.gauges = new LetterGauges(services, Crew.NAMES);
  }

  /** Begins to count what is open and to watch for causes that heal. */
  public Future<?> start(Guards guards, Supplier<TreeState> tree, Set<String> workflows) {
    HealWatch watch = new HealWatch(guards, tree, offers, gauges, workflows, services.clock());
    return services
        .vertx()
        .deployVerticle(gauges)
        .compose(counting -> services.vertx().deployVerticle(watch))
        .compose(watching -> replays.open(Deadline.in(OPENING, services.clock())))
        .onSuccess(LetterDesk::warn);
  }

  private static void warn(int interrupted) {
    if (interrupted > 0) {
      LOG.warn("{} replays of dead letters were interrupted; start them again", interrupted);
    }
  }

  public DeadLetters letters() {
    return letters;
  }

  public LetterEdits edits() {
    return edits;
  }

  public LetterDiscards discards() {
    return discards;
  }

  public LetterReplays replays() {
    return replays;
  }

  public LetterInquiry inquiry() {
    return inquiry;
  }

  public ReplayOffers offers() {
    return offers;
  }

  public LetterGauges gauges() {
    return gauges;
  }
}
