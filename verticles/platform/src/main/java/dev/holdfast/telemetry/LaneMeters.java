package dev.holdfast.telemetry;

import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What one agent's lane does. */
public final class LaneMeters {
  private final Histogram batch;
  private final Histogram flush;
  private final Reading waiting;
  private final Map<CommandEnd, Counter> commands = new EnumMap<>(CommandEnd.class);
  private final Map<RerunCause, Counter> reruns = new EnumMap<>(RerunCause.class);
  private final Counter recorded;
  private final Counter repeated;

  /** What became of a command. */
  public enum CommandEnd {
    DONE,
    REJECTED,
    UNAVAILABLE,
    PARKED
  }

  /** Why a batch was run again. */
  public enum RerunCause {
    SERIALIZATION,
    DEADLOCK,
    DUPLICATE_REPLY,
    /** Another node recorded a command while its undo was loaded. */
    OVERTAKEN,
    UNKNOWN_COMMIT,
    /** With what its commands' continuations asked; run again without. */
    LINKED,
    /** Halved to find the command that broke it. */
    BISECTED,
    RESTARTED
  }

  LaneMeters(Meters meters, String agent) {
    batch = meters.histogram(Catalogue.LANE_BATCH, agent);
    flush = meters.histogram(Catalogue.LANE_FLUSH, agent);
    waiting = meters.reading(Catalogue.LANE_WAITING, agent);
    for (CommandEnd end : CommandEnd.values()) {
      commands.put(end, meters.counter(Catalogue.LANE_COMMANDS, agent, text(end)));
    }
    for (RerunCause cause : RerunCause.values()) {
      reruns.put(cause, meters.counter(Catalogue.LANE_RERUNS, agent, text(cause)));
    }
    recorded = meters.counter(Catalogue.REPLIES, agent, "recorded");
    repeated = meters.counter(Catalogue.REPLIES, agent, "repeated");
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /**
   * A batch committed.
   *
   * @param size its commands, 1 or more
   * @param nanos from the start of its transaction to the commit
   */
  public void batch(int size, long nanos) {
    batch.record(size);
    flush.record(nanos / 1e9);
  }

  /** Batches that committed since the process started. */
  public long batches() {
    return flush.count();
  }

  /** What all their transactions took together, in seconds. */
  public double batchSeconds() {
    return flush.total();
  }

  /** Commands waiting in the lane's queue. */
  public Reading waiting() {
    return waiting;
  }

  /** A command ended for its asker. */
  public void command(CommandEnd end) {
    commands.get(end).increment();
  }

  /** A batch is run again. */
  public void rerun(RerunCause cause) {
    reruns.get(cause).increment();
  }

  /** Replies were written. */
  public void recorded(int replies) {
    recorded.increment(replies);
  }

  /** A reply written before was given again. */
  public void repeated() {
    repeated.increment();
  }
}
