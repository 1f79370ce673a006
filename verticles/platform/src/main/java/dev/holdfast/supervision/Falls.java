package dev.holdfast.supervision;

import dev.holdfast.recovery.Choice;
import dev.holdfast.recovery.Notice;
import dev.holdfast.recovery.Notice.Severity;
import dev.holdfast.recovery.RungName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What answers a fall of a group's child: the gates, the ladder, and the record of it. */
final class Falls {
  private static final Logger LOG = LoggerFactory.getLogger(Falls.class);

  private final RestartIntensity intensity;
  private final Means means;

  /**
   * @param intensity shared by the group
   */
  Falls(RestartIntensity intensity, Means means) {
    this.intensity = intensity;
    this.means = means;
  }

  /**
   * What follows.
   *
   * @param pause before the next life; empty when there is none until a person wants it
   * @param detail why, for an operator
   */
  record Answer(Optional<Duration> pause, String detail) {}

  /** Counts the fall and chooses what to do about it. */
  Answer to(Child child, Exit exit) {
    long now = means.clock().nanoTime();
    int before = child.countCrash(means.settings().provenFor());
    child.doom(exit);
    boolean permitted = intensity.permits(now);
    String count =
        "%d of %d crashes in %d s"
            .formatted(
                intensity.count(now),
                intensity.limit().crashes(),
                intensity.limit().within().toSeconds());
    LOG.warn("{} crashed ({}), {}: {}", child.id(), exit.signal(), count, exit.detail());
    Optional<Duration> wait = permitted ? Optional.of(climb(child, exit, before, count)) : none();
    if (!permitted) {
      park(child, exit, count);
    }
    return new Answer(wait, count + "; " + exit.detail());
  }

  private static Optional<Duration> none() {
    return Optional.empty();
  }

  /** A person has looked at it. */
  void forget() {
    intensity.clear();
  }

  private Duration climb(Child child, Exit exit, int before, String count) {
    Duration wait = means.settings().backoff().wait(before);
    int falls = intensity.count(means.clock().nanoTime());
    Choice choice =
        means
            .services()
            .ladder()
            .choose(child.id(), falls, count + ", backoff " + wait.toMillis() + " ms");
    means.incidents().opened(child.id(), exit, choice);
    child.climb(choice.rung());
    if (choice.rung().compareTo(RungName.ROLLBACK) >= 0) {
      tell(child, Severity.WARNING, choice);
    }
    return wait;
  }

  private void park(Child child, Exit exit, String count) {
    RungName park = RungName.PARK;
    Choice choice = new Choice(park, park.label() + ": " + count, List.of("all: too many crashes"));
    means.incidents().opened(child.id(), exit, choice);
    means.incidents().acted(child.id(), "park " + child.id());
    tell(child, Severity.CRITICAL, choice);
    means.incidents().ended(child.id(), Incident.Outcome.PARKED);
  }

  private void tell(Child child, Severity severity, Choice choice) {
    Notice notice = new Notice(severity, child.id(), choice.rung().label(), choice.rule());
    if (means.services().notices().tell(notice)) {
      means.incidents().notified(child.id());
    }
  }
}
