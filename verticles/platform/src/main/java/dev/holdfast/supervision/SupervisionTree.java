package dev.holdfast.supervision;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything a supervisor keeps alive: groups in the order of their start; they stop in reverse.
 *
 * @param groups with names and child ids that occur once
 */
public record SupervisionTree(List<GroupSpec> groups) {
  public SupervisionTree {
    groups = List.copyOf(groups);
    Set<String> names = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (GroupSpec group : groups) {
      if (!names.add(group.name())) {
        throw new IllegalArgumentException("two groups are named " + group.name());
      }
      for (ChildSpec child : group.children()) {
        if (!ids.add(child.id())) {
          throw new IllegalArgumentException("two children have the id " + child.id());
        }
      }
    }
  }

  public static SupervisionTree of(GroupSpec... groups) {
    return new SupervisionTree(List.of(groups));
  }
}
