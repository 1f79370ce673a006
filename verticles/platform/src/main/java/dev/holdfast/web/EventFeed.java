package dev.holdfast.web;

/**
 * One client's way through the live events. It has no queue: it reads what is kept at the pace at
 * which the client takes it. A client that is slower than the events falls behind what is kept, and
 * is then told how many it missed; nobody else waits for it. Confined to the listener's loop.
 */
final class EventFeed {
  private final LiveEvents events;
  private final Outlet outlet;
  private long next;

  /** How a client is told. */
  interface Outlet {
    /** Whether it takes nothing more for now; it calls {@link EventFeed#flow} when it does. */
    boolean isFull();

    /**
     * @param place the event's id for {@code Last-Event-ID}
     * @param text the event as JSON
     */
    void tell(String place, String text);

    /**
     * Events were missed.
     *
     * @param missed how many; -1 when nobody knows, because they were another life's
     */
    void gap(long missed);
  }

  /**
   * @param next the id of the first event that it is told
   */
  EventFeed(LiveEvents events, Outlet outlet, long next) {
    this.events = events;
    this.outlet = outlet;
    this.next = next;
  }

  /** Tells what the client takes. */
  void flow() {
    while (next <= events.last() && !outlet.isFull()) {
      if (next < events.oldest()) {
        outlet.gap(events.oldest() - next);
        events.meters().missed(events.oldest() - next);
        next = events.oldest();
      } else {
        outlet.tell(events.place(next), events.kept(next).text());
        next++;
      }
    }
  }
}
