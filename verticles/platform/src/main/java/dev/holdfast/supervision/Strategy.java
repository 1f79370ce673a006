package dev.holdfast.supervision;

import java.util.List;

/** Who else of a group is started anew when one of it crashes. */
public enum Strategy {
  /** Nobody else. */
  ONE_FOR_ONE {
    @Override
    <C> List<List<C>> lines(List<C> children) {
      return children.stream().map(List::of).toList();
    }
  },
  /** Those that stand behind it in the group's order: stopped in reverse, started in order. */
  REST_FOR_ONE {
    @Override
    <C> List<List<C>> lines(List<C> children) {
      return List.of(List.copyOf(children));
    }
  },
  /** All of the group: stopped in reverse, started in order. */
  ONE_FOR_ALL {
    @Override
    <C> List<List<C>> lines(List<C> children) {
      return List.of(List.copyOf(children));
    }
  };

  /** The children cut into lines, so that a crash moves its own line's rest and nothing else. */
  abstract <C> List<List<C>> lines(List<C> children);
}
