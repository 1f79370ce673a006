package dev.holdfast.stream;

import java.util.Objects;

/**
 * A node as the owner of lanes.
 *
 * @param node the node's id in {@code holdfast.node}
 * @param fence of the lease it holds; grows with every lease
 */
public record LaneOwner(String node, long fence) {
  public LaneOwner {
    Objects.requireNonNull(node, "node");
  }
}
