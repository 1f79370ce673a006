package dev.holdfast.alert;

import dev.holdfast.alert.AlertRules.Verdict;
import dev.holdfast.alert.Notification.Transition;
import dev.holdfast.kernel.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/** The alerts that are active, and what each look makes of them. One thread. */
final class ActiveAlerts {
  /** How many may be active; what begins beyond it is not looked after until others ended. */
  static final int ACTIVE_MAX = 2_000;

  private static final Condition UNKNOWN =
      new Condition("Unknown", false, Severity.INFO, 0, Duration.ZERO, Duration.ZERO);

  private final Map<String, Condition> conditions;
  private final StormPolicy storm;
  private final String node;
  private final Clock clock;
  private final Map<String, Watching> watched = new HashMap<>();
  private final Map<String, Alert> active = new LinkedHashMap<>();
  private final Deque<Long> begun = new ArrayDeque<>();
  private boolean storming;

  /**
   * An alert that changed.
   *
   * @param told what receivers are told of it, if they are
   * @param begins whether it began
   */
  record Change(Alert alert, Optional<Notification> told, boolean begins) {
    private static Change silent(Alert alert) {
      return new Change(alert, Optional.empty(), false);
    }

    private Change beginning() {
      return new Change(alert, told, true);
    }
  }

  ActiveAlerts(Map<String, Condition> conditions, StormPolicy storm, String node, Clock clock) {
    this.conditions = Map.copyOf(conditions);
    this.storm = storm;
    this.node = node;
    this.clock = clock;
  }

  private Instant now() {
    return clock.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The alerts that have not ended, the oldest first. */
  List<Alert> all() {
    return List.copyOf(active.values());
  }

  /**
   * Takes over what an earlier life left active: it is resolved in the ordinary way unless its
   * condition holds. One whose like is active already ends without a word.
   */
  List<Change> restore(Collection<Alert> before) {
    List<Change> changes = new ArrayList<>();
    for (Alert alert : before) {
      if (active.putIfAbsent(alert.fingerprint(), alert) == null) {
        long nanos = clock.nanoTime();
        watched.put(alert.fingerprint(), new Watching(true, false, nanos, nanos));
        storming |= alert.condition().equals(StormRules.CONDITION);
      } else if (!active.get(alert.fingerprint()).id().equals(alert.id())) {
        changes.add(Change.silent(alert.ended(now(), Alert.AUTOMATIC, "a later one goes on")));
      }
    }
    return changes;
  }

  /** One look at all that is seen now. */
  List<Change> look(List<Observation> seen) {
    List<Change> changes = new ArrayList<>();
    Map<String, Observation> bySubject = new LinkedHashMap<>();
    seen.forEach(
        one -> bySubject.put(Alert.fingerprint(one.condition(), one.subject(), node), one));
    for (String fingerprint : new TreeSet<>(watched.keySet())) {
      if (!bySubject.containsKey(fingerprint)) {
        judge(fingerprint, Optional.empty(), changes);
      }
    }
    bySubject.forEach((fingerprint, one) -> judge(fingerprint, Optional.of(one), changes));
    weather(changes);
    return changes;
  }

  private void judge(String fingerprint, Optional<Observation> seen, List<Change> changes) {
    Alert before = active.get(fingerprint);
    String name = seen.map(Observation::condition).orElse(before == null ? "" : before.condition());
    if (name.equals(StormRules.CONDITION)) {
      return;
    }
    Condition condition = conditions.getOrDefault(name, UNKNOWN);
    boolean holds = seen.filter(condition::holds).isPresent();
    Optional<Watching> memory = Optional.ofNullable(watched.get(fingerprint));
    Verdict verdict = AlertRules.judge(condition, memory, holds, clock.nanoTime());
    boolean isFull = verdict.step() == AlertRules.Step.RAISE && active.size() >= ACTIVE_MAX;
    if (isFull || verdict.after().isEmpty()) {
      watched.remove(fingerprint);
    } else {
      watched.put(fingerprint, verdict.after().get());
    }
    if (!isFull) {
      step(verdict.step(), condition, before, seen, changes);
    }
  }

  private void step(
      AlertRules.Step step,
      Condition condition,
      Alert before,
      Optional<Observation> seen,
      List<Change> changes) {
    switch (step) {
      case NONE -> {}
      case RAISE -> raise(condition, seen.orElseThrow(), changes);
      case AGAIN -> {
        int times = Math.max(1, seen.orElseThrow().times());
        changes.add(quietly(before.seen(seen.orElseThrow(), times, now())));
      }
      case GOES_ON -> {
        int times = seen.orElseThrow().times();
        Alert after = before.seen(seen.orElseThrow(), times, now());
        active.put(after.fingerprint(), after);
        if (times > 0) {
          changes.add(quietly(after));
        }
      }
      case RESOLVE -> changes.add(end(before, Alert.AUTOMATIC, ""));
    }
  }

  private Change quietly(Alert alert) {
    active.put(alert.fingerprint(), alert);
    return Change.silent(alert);
  }

  private Change telling(Alert alert, Transition transition) {
    return new Change(alert, Optional.of(Notification.of(alert, transition, now())), false);
  }

  private void raise(Condition condition, Observation seen, List<Change> changes) {
    begun.addLast(clock.nanoTime());
    storming = StormRules.isStorm(storming, begunLately(), storm.alerts());
    Severity severity = seen.severity().orElse(condition.severity());
    Alert alert = Alert.of(seen, severity, node, now());
    changes.add((storming ? quietly(alert) : firing(alert)).beginning());
  }

  private Change firing(Alert untold) {
    Alert alert = untold.asTold();
    active.put(alert.fingerprint(), alert);
    return telling(alert, Transition.FIRING);
  }

  private int begunLately() {
    long now = clock.nanoTime();
    while (!begun.isEmpty() && now - begun.getFirst() > storm.window().toNanos()) {
      begun.removeFirst();
    }
    return begun.size();
  }

  /** The alert that stands for those of a storm. */
  private void weather(List<Change> changes) {
    storming = StormRules.isStorm(storming, begunLately(), storm.alerts());
    String fingerprint = Alert.fingerprint(StormRules.CONDITION, Observation.PLATFORM, node);
    Alert standing = active.get(fingerprint);
    List<Alert> untold =
        active.values().stream()
            .filter(alert -> !alert.told() && !alert.fingerprint().equals(fingerprint))
            .toList();
    if (!storming) {
      untold.forEach(alert -> changes.add(firing(alert)));
      if (standing != null) {
        changes.add(end(standing, Alert.AUTOMATIC, untold.size() + " of its alerts go on"));
      }
    } else if (!untold.isEmpty()) {
      stormGoesOn(standing, untold, changes);
    }
  }

  private void stormGoesOn(Alert standing, List<Alert> untold, List<Change> changes) {
    Severity worst = Severity.INFO;
    for (Alert alert : untold) {
      worst = worst.orWorse(alert.severity());
    }
    Observation seen =
        Observation.of(
            StormRules.CONDITION, Observation.PLATFORM, untold.size(), StormRules.text(untold));
    if (standing == null) {
      changes.add(firing(Alert.of(seen, worst, node, now())).beginning());
    } else {
      Alert after = standing.seen(seen, 0, now()).as(standing.severity().orWorse(worst));
      active.put(after.fingerprint(), after);
      if (after.severity() != standing.severity()) {
        changes.add(telling(after, Transition.FIRING));
      }
    }
  }

  private Change end(Alert alert, String by, String note) {
    active.remove(alert.fingerprint());
    Alert ended = alert.ended(now(), by, note);
    return alert.told() ? telling(ended, Transition.RESOLVED) : Change.silent(ended);
  }

  private Optional<Alert> find(UUID id) {
    return active.values().stream().filter(alert -> alert.id().equals(id)).findFirst();
  }

  /** Somebody looks after it; empty when it is not active, no change when somebody did before. */
  Optional<Change> acknowledge(UUID id, String by) {
    return find(id)
        .map(
            alert -> {
              if (alert.acknowledged().isPresent()) {
                return Change.silent(alert);
              }
              Alert after = alert.acknowledged(now(), by);
              active.put(after.fingerprint(), after);
              return after.told() ? telling(after, Transition.ACKNOWLEDGED) : Change.silent(after);
            });
  }

  /** A person ends it; while its condition holds, another begins after its hold time. */
  Optional<Change> resolve(UUID id, String by, String note) {
    return find(id)
        .map(
            alert -> {
              watched.remove(alert.fingerprint());
              return end(alert, by, note);
            });
  }
}
