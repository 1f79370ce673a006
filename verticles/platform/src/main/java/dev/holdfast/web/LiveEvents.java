package dev.holdfast.web;

import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.LiveEventMeters;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The last {@link #KEPT} live events, and those who want to hear of new ones. A hint that may be
 * lost with the process; nothing depends on it. Confined to the listener's loop.
 */
public final class LiveEvents {
  /** Events that are kept. */
  public static final int KEPT = 1_000;

  /** Who may listen at the same time. */
  static final int LISTENERS_MAX = 100;

  static final int NAME_CHARS_MAX = 200;

  private final Clock clock;
  private final LiveEventMeters meters;
  private final Deque<LiveEvent> kept = new ArrayDeque<>();
  private final Set<Consumer<LiveEvent>> listeners = new LinkedHashSet<>();
  private long last;

  public LiveEvents(Clock clock, LiveEventMeters meters) {
    this.clock = clock;
    this.meters = meters;
  }

  LiveEventMeters meters() {
    return meters;
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
    last = event.id();
    meters.received();
    kept.addLast(event);
    if (kept.size() > KEPT) {
      kept.removeFirst();
    }
    List.copyOf(listeners).forEach(listener -> listener.accept(event));
    return event;
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

  /** The newest, oldest first. */
  List<LiveEvent> recent(int limit) {
    List<LiveEvent> all = new ArrayList<>(kept);
    return all.subList(Math.max(0, all.size() - limit), all.size());
  }

  /** What the kept events have in one field, in the order in which it came up. */
  Set<String> values(Function<LiveEvent, String> field) {
    Set<String> values = new LinkedHashSet<>();
    kept.forEach(event -> values.add(field.apply(event)));
    return values;
  }

  /** Whether there was room for another listener. */
  boolean listen(Consumer<LiveEvent> listener) {
    return listeners.size() < LISTENERS_MAX && listeners.add(listener);
  }

  void leave(Consumer<LiveEvent> listener) {
    listeners.remove(listener);
  }
}
