package dev.holdfast.agent;

import dev.holdfast.kernel.CommandId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Commands that were under way alone when their agent went down. Once may be chance; at the second
 * time the command is to blame. Confined to the lane's context.
 */
final class Suspects {
  private static final int GUILTY_FROM = 2;
  private static final int KEPT = 64;

  private final Map<CommandId, Integer> crashes = new HashMap<>();
  private List<Pending> alone = List.of();
  private int underWay;

  void begin(List<Pending> batch) {
    underWay++;
    alone = underWay == 1 && batch.size() == 1 ? batch : List.of();
  }

  void end() {
    underWay--;
    alone = List.of();
  }

  /** It has its answer. */
  void clear(Pending command) {
    crashes.remove(command.ask().id());
  }

  /** The agent's instance goes; who was alone under way is suspected. */
  void crashed() {
    if (!alone.isEmpty() && crashes.size() < KEPT) {
      crashes.merge(alone.getFirst().ask().id(), 1, Integer::sum);
    }
  }

  boolean areGuilty(List<Pending> batch) {
    return batch.size() == 1 && crashes.getOrDefault(batch.getFirst().ask().id(), 0) >= GUILTY_FROM;
  }
}
