package dev.holdfast.agent;

import dev.holdfast.bus.Ask;
import dev.holdfast.bus.Bus;
import dev.holdfast.bus.MessageTypes;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
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
  private boolean polling;

  /**
   * @param replyDaysKept as in {@link LaneSettings}
   */
  public TimerVerticle(
      Bus bus, MessageTypes types, Database database, Clock clock, int replyDaysKept) {
    this.bus = bus;
    this.types = types;
    this.database = database;
    this.clock = clock;
    this.replyDaysKept = replyDaysKept;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(POLL.toMillis(), tick -> poll());
    vertx.setPeriodic(
        PARTITIONS_EVERY.toMillis(), tick -> makePartitions().onSuccess(made -> tidy()));
    return makePartitions().onSuccess(made -> tidy());
  }

  /** A day longer than lanes look back, for what was let in shortly before midnight. */
  private void tidy() {
    partitions
        .drop(database, deadline(), clock.today().minusDays(replyDaysKept))
        .onSuccess(
            dropped -> {
              if (dropped > 0) {
                LOG.info("{} days of old replies were dropped", dropped);
                tidy();
              }
            })
        .onFailure(cause -> LOG.info("old replies stay for now: {}", cause.toString()));
  }

  private Future<Void> makePartitions() {
    return partitions
        .make(database, deadline(), clock.today())
        .onFailure(cause -> LOG.warn("reply partitions were not made: {}", cause.toString()));
  }

  private Deadline deadline() {
    return Deadline.in(DEADLINE, clock);
  }

  private void poll() {
    if (polling) {
      return;
    }
    polling = true;
    timers
        .due(database, deadline(), clock.now(), DUE_MAX)
        .compose(this::askAll)
        .onFailure(cause -> LOG.debug("timers were not read: {}", cause.toString()))
        .onComplete(done -> polling = false);
  }

  private Future<?> askAll(List<TimerStore.Due> due) {
    return Future.join(due.stream().map(this::ask).toList());
  }

  private Future<?> ask(TimerStore.Due timer) {
    Class<?> type = types.named(timer.type());
    CommandId id =
        CommandId.ofTimer(
            timer.agent() + "/" + timer.owner(), timer.name(), timer.number(), timer.setOn());
    return ask(id, (Command<?>) RecordJson.read(timer.command(), type))
        .compose(answered -> timers.done(database, deadline(), timer))
        .onFailure(cause -> LOG.warn("timer {} will be asked again", timer.name(), cause));
  }

  private <R> Future<?> ask(CommandId id, Command<R> command) {
    return bus.ask(Ask.first(id, command, deadline()).asAgain());
  }
}
