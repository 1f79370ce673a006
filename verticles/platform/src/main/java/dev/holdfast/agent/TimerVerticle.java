package dev.holdfast.agent;

import dev.holdfast.bus.Ask;
import dev.holdfast.bus.Bus;
import dev.holdfast.bus.MessageTypes;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.errors.SafeExecution;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the commands of timers whose time has come, under ids that follow from the timers, so that
 * two nodes that see the same timer ask the same command. Makes the partitions of replies too, and
 * drops those that are older than replies are kept.
 */
public final class TimerVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(TimerVerticle.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final Duration PARTITIONS_EVERY = Duration.ofHours(1);
  private static final int DUE_MAX = 200;

  private final Bus bus;
  private final MessageTypes types;
  private final Database database;
  private final Clock clock;
  private final int replyDaysKept;
  private final TimerStore timers = new TimerStore();
  private final PartitionStore partitions = new PartitionStore();
  private final SafeExecution safely;
  private boolean polling;

  /**
   * @param replyDaysKept as in {@link LaneSettings}
   */
  public TimerVerticle(
      Bus bus,
      MessageTypes types,
      Database database,
      Clock clock,
      int replyDaysKept,
      ErrorReports errors) {
    this.bus = bus;
    this.types = types;
    this.database = database;
    this.clock = clock;
    this.replyDaysKept = replyDaysKept;
    this.safely = new SafeExecution("timers", errors);
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(POLL.toMillis(), tick -> poll());
    vertx.setPeriodic(
        PARTITIONS_EVERY.toMillis(), tick -> safely.run("make reply days", this::makeDays));
    return makeDays();
  }

  private Future<Void> makeDays() {
    return partitions.make(database, deadline(), clock.today()).onSuccess(made -> tidy());
  }

  /** A day longer than lanes look back, for what was let in shortly before midnight. */
  private void tidy() {
    safely
        .run("drop old reply days", 0, this::dropDays)
        .onSuccess(
            dropped -> {
              if (dropped.value() > 0) {
                LOG.info("{} days of old replies were dropped", dropped.value());
                tidy();
              }
            });
  }

  private Future<Integer> dropDays() {
    return partitions.drop(database, deadline(), clock.today().minusDays(replyDaysKept));
  }

  private Deadline deadline() {
    return Deadline.in(DEADLINE, clock);
  }

  private void poll() {
    if (polling) {
      return;
    }
    polling = true;
    safely.run("read timers", this::askDue).onComplete(done -> polling = false);
  }

  /** A timer whose command got no answer stays due and is asked again under the same id. */
  private Future<Void> askDue() {
    return timers
        .due(database, deadline(), clock.now(), DUE_MAX)
        .compose(
            due ->
                Future.join(
                    due.stream()
                        .map(timer -> safely.run("ask for a timer", () -> ask(timer)))
                        .toList()))
        .mapEmpty();
  }

  private Future<Void> ask(TimerStore.Due timer) {
    Class<?> type = types.named(timer.type());
    CommandId id =
        CommandId.ofTimer(
            timer.agent() + "/" + timer.owner(), timer.name(), timer.number(), timer.setOn());
    return ask(id, (Command<?>) RecordJson.read(timer.command(), type))
        .compose(answered -> timers.done(database, deadline(), timer))
        .mapEmpty();
  }

  private <R> Future<?> ask(CommandId id, Command<R> command) {
    return bus.ask(Ask.first(id, command, deadline()).asAgain());
  }
}
