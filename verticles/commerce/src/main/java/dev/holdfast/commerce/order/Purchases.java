package dev.holdfast.commerce.order;

import dev.holdfast.kernel.DerivedId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Delivered lines that the batch's returns may take units of, and what returns have taken. */
final class Purchases {
  private final Map<LineKey, Purchase> lines = new HashMap<>();
  private final Map<Good, List<LineKey>> byGood = new HashMap<>();
  private final Map<ReturnKey, List<Taken>> claims = new HashMap<>();
  private final Map<LineKey, Purchase> changed = new LinkedHashMap<>();
  private final List<Taking> added = new ArrayList<>();
  private final List<ReturnKey> removed = new ArrayList<>();

  record LineKey(int merchant, UUID order, int line) {}

  record ReturnKey(int merchant, UUID returnId) {}

  private record Good(int merchant, String sku) {}

  /** One line of a delivered order. */
  record Purchase(
      LineKey key,
      String customer,
      String sku,
      Instant placedAt,
      Instant deliveredAt,
      long quantity,
      long returned) {
    /** Oldest order first; the ids decide between orders of one time. */
    static final Comparator<Purchase> OLDEST_FIRST =
        Comparator.comparing(Purchase::placedAt)
            .thenComparing(p -> p.key().order(), DerivedId.DATABASE_ORDER)
            .thenComparing(p -> p.key().line());

    long left() {
      return quantity - returned;
    }

    Purchase returned(long units) {
      return new Purchase(
          key, customer, sku, placedAt, deliveredAt, quantity, Math.addExact(returned, units));
    }
  }

  /** Units that a return has of one line. */
  record Taken(LineKey line, long units) {}

  /** Units that a return takes now. */
  record Taking(ReturnKey by, Taken taken) {}

  /** A line read and locked. */
  void loaded(Purchase line) {
    if (lines.put(line.key(), line) == null) {
      byGood
          .computeIfAbsent(new Good(line.key().merchant(), line.sku()), good -> new ArrayList<>())
          .add(line.key());
    }
  }

  /** Units that a return has taken before. */
  void claimed(ReturnKey by, Taken taken) {
    claims.computeIfAbsent(by, none -> new ArrayList<>()).add(taken);
  }

  /** The merchant's purchases of a code that were read, oldest first. */
  List<Purchase> of(int merchant, String sku) {
    return byGood.getOrDefault(new Good(merchant, sku), List.of()).stream()
        .map(lines::get)
        .sorted(Purchase.OLDEST_FIRST)
        .toList();
  }

  Purchase line(LineKey key) {
    return lines.get(key);
  }

  /** What the return has; empty when nothing. */
  List<Taken> claimsOf(ReturnKey by) {
    return claims.getOrDefault(by, List.of());
  }

  void take(ReturnKey by, Taken taken) {
    move(taken.line(), taken.units());
    claimed(by, taken);
    added.add(new Taking(by, taken));
  }

  /** Gives back all that the return has. */
  void release(ReturnKey by) {
    for (Taken taken : claims.remove(by)) {
      move(taken.line(), -taken.units());
    }
    added.removeIf(taking -> taking.by().equals(by));
    removed.add(by);
  }

  private void move(LineKey key, long units) {
    Purchase moved = lines.get(key).returned(units);
    lines.put(key, moved);
    changed.put(key, moved);
  }

  /** The lines whose returned units changed, as they are now. */
  Collection<Purchase> changed() {
    return changed.values();
  }

  List<Taking> added() {
    return added;
  }

  List<ReturnKey> removed() {
    return removed;
  }
}
