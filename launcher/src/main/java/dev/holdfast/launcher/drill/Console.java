package dev.holdfast.launcher.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** The management listener of the platform under the drill. Blocks; fails when it refuses. */
public interface Console {
  /**
   * What it says at one moment.
   *
   * @param level that it says it has, 0 to 4
   * @param active the faults that have not ended, each as {@code cut of postgres}
   */
  record Look(int level, Set<String> active) {
    public Look {
      active = Set.copyOf(active);
    }
  }

  /** What it says now. */
  Look look();

  /**
   * Begins a fault.
   *
   * @return as {@code POST /chaos} answers
   */
  JsonNode begin(Plan.Planned fault);

  /** The incidents that it remembers. */
  JsonNode incidents();

  /** The numbers of the dead letters that are open. */
  List<Long> letters();

  /** Replays a dead letter. */
  void replay(long letter);
}
