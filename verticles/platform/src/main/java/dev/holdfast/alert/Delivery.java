package dev.holdfast.alert;

import dev.holdfast.kernel.DerivedId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * One notification on its way to one receiver.
 *
 * @param id follows from notification and receiver; receivers that want one are given it
 * @param handler the receiver's name
 * @param what it is told
 * @param state how it stands
 * @param attempts how often it was tried
 * @param due when it is tried next
 * @param answer what the receiver answered last; empty before the first answer
 * @param endedAt when it ended
 */
public record Delivery(
    UUID id,
    String handler,
    Notification what,
    State state,
    int attempts,
    Instant due,
    String answer,
    Optional<Instant> endedAt) {
  /** How a delivery stands. */
  public enum State {
    WAITING,
    DELIVERED,
    /** The receiver will never take it. */
    REFUSED,
    /** It was tried for as long as it may be. */
    GIVEN_UP;

    /** In lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Delivery of(Notification what, String handler) {
    return new Delivery(
        DerivedId.within(what.id(), "alert-delivery", handler),
        handler,
        what,
        State.WAITING,
        0,
        what.at(),
        "",
        Optional.empty());
  }

  /** The same after another try. */
  Delivery tried(State after, Instant next, String said, Optional<Instant> end) {
    return new Delivery(id, handler, what, after, attempts + 1, next, said, end);
  }
}
