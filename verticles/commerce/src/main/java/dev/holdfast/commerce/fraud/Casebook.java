package dev.holdfast.commerce.fraud;

import dev.holdfast.commerce.fraud.Facts.Past;
import dev.holdfast.commerce.fraud.FraudProtocol.Assess;
import dev.holdfast.commerce.fraud.FraudProtocol.Block;
import dev.holdfast.commerce.fraud.FraudProtocol.Kind;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The work of a batch: the cases it touches, the history they are judged by, the block list. */
final class Casebook {
  private record Name(int merchant, UUID order) {}

  private record Shopper(int merchant, String shopper) {}

  private record Entry(int merchant, Kind kind, String value) {}

  private final Instant now;
  private final Map<Name, Case> cases = new LinkedHashMap<>();
  private final Map<Shopper, Map<UUID, Past>> history = new HashMap<>();
  private final Map<Entry, Instant> blockedUntil = new HashMap<>();
  private final Map<Entry, Block> newBlocks = new LinkedHashMap<>();

  /**
   * @param now platform time of the batch
   */
  Casebook(Instant now) {
    this.now = now;
  }

  Instant now() {
    return now;
  }

  /** A case; unless it is withdrawn it counts in its shopper's history. */
  void add(Case added) {
    cases.put(new Name(added.merchant, added.order()), added);
    if (!added.withdrawn()) {
      addPast(
          added.merchant,
          added.shopper,
          added.order(),
          new Past(added.placedAt, added.paymentMethod));
    }
  }

  void addPast(int merchant, String shopper, UUID order, Past past) {
    if (shopper != null) {
      history
          .computeIfAbsent(new Shopper(merchant, shopper), key -> new HashMap<>())
          .put(order, past);
    }
  }

  Optional<Case> find(int merchant, UUID order) {
    return Optional.ofNullable(cases.get(new Name(merchant, order)));
  }

  /** Takes a case out of its shopper's history. */
  void withdraw(Case withdrawn) {
    withdrawn.withdraw();
    Map<UUID, Past> orders = history.get(new Shopper(withdrawn.merchant, withdrawn.shopper));
    if (orders != null) {
      orders.remove(withdrawn.order());
    }
  }

  /**
   * A block that lies in the database.
   *
   * @param until null for ever
   */
  void addBlock(int merchant, Kind kind, String value, Instant until) {
    blockedUntil.put(new Entry(merchant, kind, value), until == null ? Instant.MAX : until);
  }

  void add(Block block) {
    addBlock(block.merchant(), block.kind(), block.value(), block.until());
    newBlocks.put(new Entry(block.merchant(), block.kind(), block.value()), block);
  }

  /** What is known about an order that is to be judged. */
  Facts facts(Assess asked) {
    Map<UUID, Past> others =
        history.getOrDefault(
            new Shopper(asked.merchant(), String.valueOf(Case.shopperOf(asked))), Map.of());
    List<Past> past =
        others.entrySet().stream()
            .filter(order -> !order.getKey().equals(asked.order()))
            .map(Map.Entry::getValue)
            .filter(order -> !order.placedAt().isAfter(asked.placedAt()))
            .sorted(Comparator.comparing(Past::placedAt))
            .toList();
    return new Facts(asked, past, blocked(asked));
  }

  private Set<Kind> blocked(Assess asked) {
    Set<Kind> blocked = EnumSet.noneOf(Kind.class);
    for (Kind kind : Kind.values()) {
      Instant until = blockedUntil.get(new Entry(asked.merchant(), kind, valueOf(kind, asked)));
      if (until != null && now.isBefore(until)) {
        blocked.add(kind);
      }
    }
    return blocked;
  }

  /** What of an order the block list is searched for; null where it is not known. */
  static String valueOf(Kind kind, Assess asked) {
    return switch (kind) {
      case CUSTOMER -> asked.customer();
      case EMAIL -> asked.emailHash();
      case PAYMENT_METHOD -> asked.paymentMethod();
    };
  }

  List<Case> newCases() {
    return cases.values().stream().filter(one -> !one.known).toList();
  }

  List<Case> changedCases() {
    return cases.values().stream().filter(Case::changed).toList();
  }

  Collection<Block> newBlocks() {
    return newBlocks.values();
  }
}
