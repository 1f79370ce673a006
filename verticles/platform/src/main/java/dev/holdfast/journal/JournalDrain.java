package dev.holdfast.journal;

import dev.holdfast.bus.Ask;
import dev.holdfast.bus.Bus;
import dev.holdfast.journal.IntentStanding.End;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.trace.Part;
import dev.holdfast.trace.Span;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes the intents that wait, as soon as their agents' writes may begin again: oldest first,
 * never two of one lane key at a time, and no more a second than the settings say. Each is asked
 * under the id and key that it was accepted with, so one whose command was committed after all
 * meets its recorded reply; it ends only when a reply is recorded. An outage stops it for a while.
 */
public final class JournalDrain extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(JournalDrain.class);
  private static final Duration EVERY = Duration.ofMillis(50);
  private static final Duration AFTER_BUG = Duration.ofSeconds(30);

  private final Journal journal;
  private final IntentCommands commands;
  private final Bus bus;
  private final Clock clock;
  private final BooleanSupplier mayBegin;
  private final DrainSettings settings;
  private final Set<String> busy = new HashSet<>();
  private final Map<Long, Long> notBefore = new HashMap<>();
  private long restUntil;
  private double allowance;

  /**
   * @param mayBegin whether the agents take writes now; asked before each round
   */
  public JournalDrain(
      Journal journal,
      IntentCommands commands,
      Bus bus,
      Clock clock,
      BooleanSupplier mayBegin,
      DrainSettings settings) {
    this.journal = journal;
    this.commands = commands;
    this.bus = bus;
    this.clock = clock;
    this.mayBegin = mayBegin;
    this.settings = settings;
  }

  @Override
  public Future<?> start() {
    restUntil = clock.nanoTime();
    vertx.setPeriodic(EVERY.toMillis(), tick -> round());
    return Future.succeededFuture();
  }

  private void round() {
    double each = settings.perSecond() * EVERY.toMillis() / 1_000.0;
    allowance = Math.min(allowance + each, Math.max(1, 2 * each));
    if (clock.nanoTime() - restUntil < 0
        || journal.waiting().isEmpty()
        || !mayBegin.getAsBoolean()) {
      return;
    }
    Set<String> passed = new HashSet<>();
    for (IntentStanding intent : journal.waiting()) {
      if (allowance < 1 || busy.size() >= settings.atOnce()) {
        return;
      }
      // Who stands behind another of its key stays behind it.
      if (passed.add(intent.laneKey()) && !busy.contains(intent.laneKey()) && isDue(intent)) {
        allowance--;
        begin(intent);
      }
    }
  }

  private boolean isDue(IntentStanding intent) {
    Long at = notBefore.get(intent.sequence());
    return at == null || clock.nanoTime() - at >= 0;
  }

  private void begin(IntentStanding intent) {
    busy.add(intent.laneKey());
    Future.succeededFuture(intent)
        .compose(journal::read)
        .compose(
            read ->
                read.map(this::execute)
                    .orElseGet(() -> Future.failedFuture(new IllegalArgumentException("damaged"))))
        .transform(
            end -> end.succeeded() ? ended(intent, end.result()) : failed(intent, end.cause()))
        .onComplete(done -> busy.remove(intent.laneKey()));
  }

  private Future<Outcome<?>> execute(Intent intent) {
    return commands.of(intent).compose(command -> ask(intent, command));
  }

  private <R> Future<Outcome<?>> ask(Intent intent, Command<R> command) {
    Deadline deadline = Deadline.in(settings.ask(), clock);
    Span draining = bus.traces().kept(intent.traceparent()).child(Part.WORKS, "drain of an intent");
    Ask<R> ask = Ask.first(intent.id(), command, deadline).under(intent.key()).asAgain();
    return bus.ask(ask.within(draining))
        .onComplete((answer, failure) -> draining.end(failure))
        .map(answer -> answer.outcome());
  }

  private Future<Void> ended(IntentStanding intent, Outcome<?> outcome) {
    notBefore.remove(intent.sequence());
    return switch (outcome) {
      case Outcome.Done<?> done -> journal.end(intent, End.TAKEN, null);
      case Outcome.Rejected<?> rejected -> {
        LOG.warn("intent {} was refused: {}", intent.id().value(), rejected.why().code());
        yield journal.end(intent, End.REFUSED, rejected.why());
      }
    };
  }

  private Future<Void> failed(IntentStanding intent, Throwable cause) {
    if (cause instanceof Parked) {
      LOG.warn("intent {} lies among the dead letters", intent.id().value());
      return journal.end(
          intent, End.PARKED, Refusal.conflict("parked", "It waits for an operator."));
    }
    if (cause instanceof IllegalArgumentException) {
      LOG.error("intent {} cannot be read and is kept for a person", intent.id().value(), cause);
      return journal.end(
          intent, End.UNREADABLE, Refusal.conflict("unreadable", "It waits for an operator."));
    }
    if (cause instanceof Unavailable) {
      restUntil = clock.nanoTime() + settings.restAfterOutage().toNanos();
      LOG.debug("the drain rests: {}", cause.toString());
    } else {
      notBefore.put(intent.sequence(), clock.nanoTime() + AFTER_BUG.toNanos());
      LOG.error("intent {} could not be executed; it is tried again", intent.id().value(), cause);
    }
    return Future.succeededFuture();
  }
}
