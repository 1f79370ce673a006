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
  private final Optional<Group.Escalations> escalations;
  private final Means means;

  /**
   * @param intensity shared by the group
   * @param escalations empty when a group that exceeds it is not started anew as a whole
   */
  Falls(RestartIntensity intensity, Optional<Group.Escalations> escalations, Means means) {
    this.intensity = intensity;
    this.escalations = escalations;
    this.means = means;
  }

  /** Who is started anew. */
  enum Reach {
    /** The child, and whoever its strategy names. */
    CHILD,
    /** All of its group. */
    GROUP,
    /** Nobody, until a person wants it. */
    NOBODY
  }

  /**
   * What follows.
   *
   * @param pause before the next life
   * @param detail why, for an operator
   */
  record Answer(Reach reach, Duration pause, String detail) {}

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
    String detail = count + "; " + exit.detail();
    if (permitted) {
      return new Answer(Reach.CHILD, climb(child, exit, before, count), detail);
    }
    Optional<Duration> rest = escalations.flatMap(up -> up.take(now));
    if (rest.isPresent()) {
      escalate(child, exit, count, rest.get());
      return new Answer(Reach.GROUP, rest.get(), detail);
    }
    park(child, exit, count);
    return new Answer(Reach.NOBODY, Duration.ZERO, detail);
  }

  /** A person has looked at it. */
  void forget() {
    intensity.clear();
    escalations.ifPresent(Group.Escalations::clear);
  }

  /** The failure is the group's, and its record begins anew. */
  private void escalate(Child child, Exit exit, String count, Duration rest) {
    intensity.clear();
    RungName restart = RungName.RESTART;
    String starts = escalations.orElseThrow().count(means.clock().nanoTime());
    String rule = "escalation: " + count + "; " + starts + ", rest " + rest.toMillis() + " ms";
    Choice choice = new Choice(restart, rule, List.of("the ladder: too many crashes"));
    means.incidents().opened(child.id(), exit, choice);
    child.climb(restart);
    tell(child, Severity.WARNING, "escalation", choice);
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
      tell(child, Severity.WARNING, choice.rung().label(), choice);
    }
    return wait;
  }

  private void park(Child child, Exit exit, String count) {
    RungName park = RungName.PARK;
    Choice choice = new Choice(park, park.label() + ": " + count, List.of("all: too many crashes"));
    means.incidents().opened(child.id(), exit, choice);
    means.incidents().acted(child.id(), "park " + child.id());
    tell(child, Severity.CRITICAL, choice.rung().label(), choice);
    means.incidents().ended(child.id(), Incident.Outcome.PARKED);
  }

  private void tell(Child child, Severity severity, String topic, Choice choice) {
    Notice notice = new Notice(severity, child.id(), topic, choice.rule());
    if (means.services().notices().tell(notice)) {
      means.incidents().notified(child.id());
    }
  }
}
