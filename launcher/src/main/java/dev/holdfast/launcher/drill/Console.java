package dev.holdfast.launcher.drill;

import com.fasterxml.jackson.databind.JsonNode;

/** The management listener of the platform under the drill. Blocks; fails when it refuses. */
public interface Console {
  /** The level that it says it has, 0 to 4. */
  int level();

  /**
   * Begins a fault.
   *
   * @return as {@code POST /chaos} answers
   */
  JsonNode begin(Plan.Planned fault);

  /** The incidents that it remembers. */
  JsonNode incidents();
}
