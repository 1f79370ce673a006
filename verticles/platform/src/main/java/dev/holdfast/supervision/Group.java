package dev.holdfast.supervision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of a group, and what it does as one: count its falls, and begin anew. */
final class Group {
  private final String name;
  private final Falls falls;
  private final List<Line> lines = new ArrayList<>();

  Group(GroupSpec spec, Means means) {
    name = spec.name();
    falls =
        new Falls(
            new RestartIntensity(spec.intensity()), spec.escalation().map(Escalations::new), means);
    boolean together = spec.strategy() == Strategy.ONE_FOR_ALL;
    for (List<ChildSpec> specs : spec.strategy().lines(spec.children())) {
      List<Child> members = new ArrayList<>();
      for (ChildSpec child : specs) {
        members.add(new Child(child, name, members.size(), means.clock()));
      }
      lines.add(new Line(List.copyOf(members), this, together, means));
    }
  }

  /** How often the whole group was started anew lately. */
  static final class Escalations {
    private final Escalation spec;
    private final RestartIntensity restarts;

    Escalations(Escalation spec) {
      this.spec = spec;
      this.restarts = new RestartIntensity(spec.restarts());
    }

    /** The rest before the group is started anew; empty when it was too often. */
    Optional<Duration> take(long now) {
      return restarts.permits(now) ? Optional.of(spec.rest()) : Optional.empty();
    }

    void clear() {
      restarts.clear();
    }

    String count(long now) {
      return "%d of %d starts of the group in %d s"
          .formatted(
              restarts.count(now), spec.restarts().crashes(), spec.restarts().within().toSeconds());
    }
  }

  List<Line> lines() {
    return lines;
  }

  Falls falls() {
    return falls;
  }

  /** All lives of the group end, and new ones begin after the rest. */
  void beginAnew(Duration rest) {
    lines.forEach(line -> line.beginAnew(rest, "with its group " + name));
  }
}
