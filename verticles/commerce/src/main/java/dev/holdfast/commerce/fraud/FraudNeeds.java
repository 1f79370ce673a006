package dev.holdfast.commerce.fraud;

import dev.holdfast.agent.Entry;
import dev.holdfast.commerce.fraud.FraudProtocol.AboutAssessment;
import dev.holdfast.commerce.fraud.FraudProtocol.Assess;
import dev.holdfast.commerce.fraud.FraudProtocol.FraudCommand;
import dev.holdfast.commerce.fraud.FraudProtocol.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What a batch names, each thing once.
 *
 * @param assessing orders that are to be judged
 * @param cases orders that any command is about
 * @param windows parts of shoppers' histories that orders are judged by
 * @param blocks entries of the block list that orders are compared with
 */
record FraudNeeds(
    List<Assess> assessing, Set<CaseName> cases, Set<Window> windows, Set<BlockName> blocks) {

  /** An order of a merchant. */
  record CaseName(int merchant, UUID order) {}

  /** A shopper's orders placed after the one time and not after the other. */
  record Window(int merchant, String shopper, Instant after, Instant until) {}

  /** An entry of the block list. */
  record BlockName(int merchant, Kind kind, String value) {}

  /**
   * @param longestWindow how far back rules look
   */
  static FraudNeeds of(List<Entry<FraudCommand<?>>> batch, Duration longestWindow) {
    List<Assess> assessing =
        batch.stream()
            .map(Entry::command)
            .filter(Assess.class::isInstance)
            .map(Assess.class::cast)
            .toList();
    Set<CaseName> cases = new LinkedHashSet<>();
    for (Entry<FraudCommand<?>> entry : batch) {
      if (entry.command() instanceof AboutAssessment<?> about) {
        cases.add(new CaseName(about.merchant(), about.order()));
      }
    }
    Set<Window> windows = new LinkedHashSet<>();
    Set<BlockName> blocks = new LinkedHashSet<>();
    for (Assess asked : assessing) {
      addWindow(windows, asked, longestWindow);
      addBlocks(blocks, asked);
    }
    return new FraudNeeds(assessing, cases, windows, blocks);
  }

  private static void addWindow(Set<Window> windows, Assess asked, Duration longest) {
    String shopper = Case.shopperOf(asked);
    if (shopper != null && !longest.isZero()) {
      windows.add(
          new Window(asked.merchant(), shopper, asked.placedAt().minus(longest), asked.placedAt()));
    }
  }

  private static void addBlocks(Set<BlockName> blocks, Assess asked) {
    for (Kind kind : Kind.values()) {
      String value = Casebook.valueOf(kind, asked);
      if (value != null) {
        blocks.add(new BlockName(asked.merchant(), kind, value));
      }
    }
  }
}
