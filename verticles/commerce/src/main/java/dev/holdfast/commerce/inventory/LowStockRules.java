package dev.holdfast.commerce.inventory;

import dev.holdfast.agent.Decision;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockLow;
import java.util.Map;

/**
 * When a code runs low: the command that brings its free units, both warehouses together, from
 * above the reorder point down to it or below tells it, once.
 *
 * @param reorderPoint units, 0 or more
 */
record LowStockRules(long reorderPoint) {
  LowStockRules {
    if (reorderPoint < 0) {
      throw new IllegalArgumentException("reorderPoint must be 0 or more, got " + reorderPoint);
    }
  }

  /**
   * Adds the news to the decision.
   *
   * @param stock as the command left it
   * @param taken the units of each code that were free before the command
   */
  Decision tell(Decision decision, Stock stock, int merchant, Map<String, Long> taken) {
    Decision told = decision;
    for (Map.Entry<String, Long> line : taken.entrySet()) {
      long free = stock.free(merchant, line.getKey());
      if (free <= reorderPoint && free + line.getValue() > reorderPoint) {
        told =
            told.tell(
                new StockLow(
                    merchant,
                    line.getKey(),
                    stock.version(merchant, line.getKey()),
                    free,
                    reorderPoint));
      }
    }
    return told;
  }
}
