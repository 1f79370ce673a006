package dev.holdfast.telemetry;

import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** One agent's dead letters. */
public final class DeadLetterMeters {
  private final Reading open;
  private final Counter parked;
  private final Map<LetterEnd, Counter> ends = new EnumMap<>(LetterEnd.class);

  /** What came of an act about a letter. */
  public enum LetterEnd {
    /** Asked again, with an outcome. */
    REPLAYED,
    /** Closed with a reply that was there by then. */
    ANSWERED,
    /** Given up. */
    DISCARDED,
    /** It broke its agent again. */
    BROKE_AGAIN,
    /** Met an outage. */
    PUT_OFF
  }

  DeadLetterMeters(Meters meters, String agent) {
    open = meters.reading(Catalogue.DEAD_LETTERS, agent);
    parked = meters.counter(Catalogue.DEAD_LETTER_ACTS, agent, "parked");
    for (LetterEnd end : LetterEnd.values()) {
      String act = end.name().toLowerCase(Locale.ROOT);
      ends.put(end, meters.counter(Catalogue.DEAD_LETTER_ACTS, agent, act));
    }
    meters.alias(GivenMeter.DEAD_LETTER_QUEUE, open, agent);
    replays(meters, agent, "true", LetterEnd.REPLAYED, LetterEnd.ANSWERED);
    replays(meters, agent, "false", LetterEnd.BROKE_AGAIN, LetterEnd.PUT_OFF);
  }

  private void replays(
      Meters meters, String agent, String success, LetterEnd one, LetterEnd other) {
    meters.functionCounter(
        GivenMeter.DEAD_LETTER_REPLAYS,
        ends,
        counters -> counters.get(one).count() + counters.get(other).count(),
        agent,
        success);
  }

  /** Messages parked and neither replayed nor discarded. */
  public Reading open() {
    return open;
  }

  /** Messages were parked. */
  public void parked(int messages) {
    parked.increment(messages);
  }

  /** Something was done about a message. */
  public void acted(LetterEnd end) {
    ends.get(end).increment();
  }
}
