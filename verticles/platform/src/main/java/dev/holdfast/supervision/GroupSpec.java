package dev.holdfast.supervision;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Children that share a strategy and an intensity.
 *
 * @param name unique in the tree
 * @param strategy who else is started anew when one of them crashes
 * @param intensity how many crashes all of them together may have
 * @param escalation what follows when they have more; empty when the child that did is parked
 * @param children in the order of their start; one or more
 */
public record GroupSpec(
    String name,
    Strategy strategy,
    Intensity intensity,
    Optional<Escalation> escalation,
    List<ChildSpec> children) {
  public GroupSpec {
    Objects.requireNonNull(strategy, "strategy");
    Objects.requireNonNull(intensity, "intensity");
    Objects.requireNonNull(escalation, "escalation");
    children = List.copyOf(children);
    if (name.isBlank() || children.isEmpty()) {
      throw new IllegalArgumentException("a group needs a name and a child, got " + name);
    }
  }

  /** A group whose child is parked when it has fallen too often. */
  public GroupSpec(String name, Strategy strategy, Intensity intensity, List<ChildSpec> children) {
    this(name, strategy, intensity, Optional.empty(), children);
  }

  /** A child that is a group of its own, with the shipped intensity. */
  public static GroupSpec alone(ChildSpec child) {
    return new GroupSpec(child.id(), Strategy.ONE_FOR_ONE, Intensity.SHIPPED, List.of(child));
  }

  /** The same, escalating. */
  public GroupSpec escalating(Escalation how) {
    return new GroupSpec(name, strategy, intensity, Optional.of(how), children);
  }
}
