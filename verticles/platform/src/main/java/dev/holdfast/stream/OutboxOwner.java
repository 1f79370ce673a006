package dev.holdfast.stream;

import java.util.Objects;

/**
 * A node as the one that tells the outbox.
 *
 * @param node the node's id in {@code holdfast.node}
 * @param fence of the lease it holds; grows with every lease
 */
public record OutboxOwner(String node, long fence) {
  public OutboxOwner {
    Objects.requireNonNull(node, "node");
  }
}
