package dev.holdfast.deadletter;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which agents' letters are worth another try: something that may have been their cause has healed.
 * A hint in memory, for persons; nothing is replayed by it. Safe on any thread.
 */
public final class ReplayOffers {
  private final Map<String, Offer> offers = new ConcurrentHashMap<>();

  /**
   * An offer.
   *
   * @param agent whose letters
   * @param since platform time at which the cause healed; letters parked later are not meant
   * @param why what healed, for a person
   */
  public record Offer(String agent, Instant since, String why) {
    /** Whether it is about this letter. */
    public boolean isFor(ParkedLetter parked) {
      return parked.open()
          && parked.letter().agent().equals(agent)
          && parked.letter().parkedAt().isBefore(since);
    }
  }

  /** Something is well again that the agent needs, or the agent itself is. */
  public void healed(String agent, String why, Instant now) {
    offers.put(agent, new Offer(agent, now, why));
  }

  /** It broke again, so that replays would break as well. */
  public void broke(String agent) {
    offers.remove(agent);
  }

  /** The offer for a letter, if there is one. */
  public Optional<Offer> of(ParkedLetter parked) {
    return Optional.ofNullable(offers.get(parked.letter().agent()))
        .filter(offer -> offer.isFor(parked));
  }

  /** All offers there are. */
  public List<Offer> all() {
    return List.copyOf(offers.values());
  }
}
