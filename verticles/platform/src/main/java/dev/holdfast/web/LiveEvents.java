package dev.holdfast.web;

import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.LiveEventMeters;
import io.vertx.core.Context;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The last {@link #KEPT} live events, and those who follow them. A hint that may be lost with the
 * process; nothing depends on it. Confined to the listener's loop, but for {@link #tell}.
 */
public final class LiveEvents {
  /** Events that are kept. */
  public static final int KEPT = 1_000;

  /** Who may follow at the same time. */
  static final int FOLLOWERS_MAX = 100;

  static final int NAME_CHARS_MAX = 200;

  private final Clock clock;
  private final LiveEventMeters meters;
  private final String life;
  private final Kept[] ring = new Kept[KEPT];
  private final Set<EventFeed> feeds = new LinkedHashSet<>();
  private volatile Context home;
  private long last;

  /** An event, and how it goes to all who follow. */
  record Kept(LiveEvent event, String text) {}

  public LiveEvents(Clock clock, LiveEventMeters meters) {
    this.clock = clock;
    this.meters = meters;
    this.life = Long.toString(clock.now().toEpochMilli(), Character.MAX_RADIX);
  }

  LiveEventMeters meters() {
    return meters;
  }

  /** From now on it belongs to the calling context. */
  void settle(Context context) {
    home = context;
  }

  /**
   * Takes in what the platform itself has to say. Any thread; never waits. Nobody hears it before
   * the listener is open.
   *
   * @param payload not changed afterwards
   */
  public void tell(String app, String session, String type, JsonObject payload) {
    Context own = home;
    if (own != null) {
      own.runOnContext(
          turn -> take(new LiveEvent(last + 1, clock.now(), app, session, type, payload)));
    }
  }

  /**
   * Takes an event in and tells it.
   *
   * @param body {@code source_app}, {@code session_id}, {@code hook_event_type}, {@code payload}
   * @throws ProblemException 400 when one is missing or not of its kind
   */
  LiveEvent post(JsonObject body) {
    LiveEvent event;
    try {
      event =
          new LiveEvent(
              last + 1,
              clock.now(),
              name(body, "source_app"),
              name(body, "session_id"),
              name(body, "hook_event_type"),
              payload(body));
    } catch (ProblemException wrong) {
      meters.failed();
      throw wrong;
    }
    meters.received();
    take(event);
    return event;
  }

  private void take(LiveEvent event) {
    last = event.id();
    ring[slot(last)] = new Kept(event, event.toJson().encode());
    List.copyOf(feeds).forEach(EventFeed::flow);
  }

  private static int slot(long id) {
    return (int) (id % KEPT);
  }

  private static String name(JsonObject body, String field) {
    if (body.getValue(field) instanceof String text
        && !text.isBlank()
        && text.length() <= NAME_CHARS_MAX) {
      return text;
    }
    throw invalid(field + " must be a text of 1 to " + NAME_CHARS_MAX + " characters.");
  }

  private static JsonObject payload(JsonObject body) {
    if (body.getValue("payload") instanceof JsonObject payload) {
      return payload;
    }
    throw invalid("payload must be an object.");
  }

  private static ProblemException invalid(String detail) {
    return Problem.badRequest("invalid_event", detail).asException();
  }

  /** The id of the newest event; 0 before the first. */
  long last() {
    return last;
  }

  /** The id of the oldest event that is kept; the next one's while there is none. */
  long oldest() {
    return Math.max(1, last - KEPT + 1);
  }

  /**
   * @param id from {@link #oldest} to {@link #last}
   */
  Kept kept(long id) {
    return ring[slot(id)];
  }

  /** An event's id that no other life of this process gives. */
  String place(long id) {
    return life + "-" + id;
  }

  /**
   * What follows a place that was told to a client before.
   *
   * @return the id of the next event it has not seen; -1 when the place is of another life, or none
   */
  long after(String place) {
    String own = life + "-";
    if (!place.startsWith(own) || !place.substring(own.length()).matches("\\d{1,18}")) {
      return -1;
    }
    return Math.min(Long.parseLong(place.substring(own.length())), last) + 1;
  }

  /** The newest, oldest first. */
  List<LiveEvent> recent(int limit) {
    List<LiveEvent> all = new ArrayList<>();
    for (long id = Math.max(oldest(), last - limit + 1); id <= last; id++) {
      all.add(kept(id).event());
    }
    return all;
  }

  /** What the kept events have in one field, in the order in which it came up. */
  Set<String> values(Function<LiveEvent, String> field) {
    Set<String> values = new LinkedHashSet<>();
    recent(KEPT).forEach(event -> values.add(field.apply(event)));
    return values;
  }

  /** Whether there was room for another who follows. */
  boolean follow(EventFeed feed) {
    boolean follows = feeds.size() < FOLLOWERS_MAX && feeds.add(feed);
    meters.followers().set(feeds.size());
    return follows;
  }

  void leave(EventFeed feed) {
    feeds.remove(feed);
    meters.followers().set(feeds.size());
  }
}
