package dev.holdfast.telemetry;

import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What is asked of one agent, over the bus or in another's transaction. Safe on any thread. */
public final class AskMeters {
  private final Map<End, Counter> ends = new EnumMap<>(End.class);
  private final Histogram duration;
  private final Histogram processing;
  private final Counter normal;
  private final Counter high;
  private final LongAdder active = new LongAdder();

  /** How an ask ended. */
  public enum End {
    /** It was answered; a refusal is an answer. */
    SUCCESS,
    ERROR,
    /** Its deadline passed. */
    TIMEOUT
  }

  AskMeters(Meters meters, String agent) {
    for (End end : End.values()) {
      String status = end.name().toLowerCase(Locale.ROOT);
      ends.put(end, meters.counter(GivenMeter.AGENT_REQUESTS, agent, status));
    }
    duration = meters.histogram(GivenMeter.AGENT_REQUEST_DURATION, agent);
    processing = meters.histogram(GivenMeter.BUS_PROCESSING, agent);
    normal = meters.counter(GivenMeter.BUS_MESSAGES, agent, "normal");
    high = meters.counter(GivenMeter.BUS_MESSAGES, agent, "high");
    meters.reading(GivenMeter.WORKER_ACTIVE, agent).from(active::sum);
    Reading waiting = meters.reading(Catalogue.LANE_WAITING, agent);
    meters.alias(GivenMeter.BUS_QUEUE_DEPTH, waiting, agent);
    meters.alias(GivenMeter.WORKER_QUEUE, waiting, agent);
  }

  /**
   * An ask came in; each has one end.
   *
   * @param passes whether it goes past what stands parked before it
   */
  public void began(boolean passes) {
    (passes ? high : normal).increment();
    active.increment();
  }

  /** It was answered, or will not be, so long after it came. */
  public void ended(End end, long nanos) {
    active.decrement();
    ends.get(end).increment();
    duration.record(nanos / 1e9);
    processing.record(nanos / 1e9);
  }
}
