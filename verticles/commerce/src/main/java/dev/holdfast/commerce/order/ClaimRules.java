package dev.holdfast.commerce.order;

import dev.holdfast.agent.Decision;
import dev.holdfast.commerce.order.OrderProtocol.Claim;
import dev.holdfast.commerce.order.OrderProtocol.ClaimUnits;
import dev.holdfast.commerce.order.OrderProtocol.Claimed;
import dev.holdfast.commerce.order.OrderProtocol.ReleaseUnits;
import dev.holdfast.commerce.order.OrderProtocol.UnitsReleased;
import dev.holdfast.commerce.order.Purchases.Purchase;
import dev.holdfast.commerce.order.Purchases.ReturnKey;
import dev.holdfast.commerce.order.Purchases.Taken;
import dev.holdfast.commerce.shared.Field;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.kernel.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which delivered units a return takes: oldest order first, all of them or none. */
final class ClaimRules {
  private ClaimRules() {}

  /**
   * Sixteen bits that stand for a code in an order's row. They are stored: another digest would
   * need a migration of all orders. ({@code String.hashCode} is fixed by the language.)
   */
  static short digest(String sku) {
    int hash = sku.hashCode();
    return (short) (hash ^ (hash >>> 16));
  }

  /** Takes the units, or refuses and takes nothing. */
  static Decision claim(Purchases purchases, ClaimUnits command) {
    Refusal refusal = check(command);
    if (refusal != null) {
      return Decision.rejected(refusal);
    }
    ReturnKey by = new ReturnKey(command.merchant(), command.returnId());
    if (!purchases.claimsOf(by).isEmpty()) {
      return Decision.done(claimed(purchases, by));
    }
    List<Taken> taken = new ArrayList<>();
    for (Map.Entry<String, Long> wanted : unitsByCode(command.lines()).entrySet()) {
      if (!pick(purchases, command, wanted.getKey(), wanted.getValue(), taken)) {
        return Decision.rejected(
            Refusal.conflict(
                "unknown_purchase",
                "Fewer units of " + wanted.getKey() + " were delivered than are returned."));
      }
    }
    taken.forEach(part -> purchases.take(by, part));
    return Decision.done(claimed(purchases, by));
  }

  /** Gives back what the return has; done as well when that is nothing. */
  static Decision release(Purchases purchases, ReleaseUnits command) {
    ReturnKey by = new ReturnKey(command.merchant(), command.returnId());
    long units = purchases.claimsOf(by).stream().mapToLong(Taken::units).sum();
    if (units > 0) {
      purchases.release(by);
    }
    return Decision.done(new UnitsReleased(command.returnId(), units));
  }

  private static Refusal check(ClaimUnits command) {
    Refusal refusal = Field.size("lines", command.lines(), PlacingRules.MAX_LINES);
    for (int i = 0; refusal == null && i < command.lines().size(); i++) {
      refusal = Field.units("lines[" + i + "].units", command.lines().get(i).units());
    }
    return refusal;
  }

  private static Map<String, Long> unitsByCode(List<Units> lines) {
    Map<String, Long> sums = new LinkedHashMap<>();
    for (Units line : lines) {
      sums.merge(line.sku(), line.units(), Math::addExact);
    }
    return sums;
  }

  /** Whether enough was found; what was picked is added to the list. */
  private static boolean pick(
      Purchases purchases, ClaimUnits command, String sku, long units, List<Taken> into) {
    long open = units;
    for (Purchase purchase : purchases.of(command.merchant(), sku)) {
      if (open > 0 && purchase.left() > 0 && matches(purchase, command)) {
        long part = Math.min(open, purchase.left());
        into.add(new Taken(purchase.key(), part));
        open -= part;
      }
    }
    return open == 0;
  }

  private static boolean matches(Purchase purchase, ClaimUnits command) {
    boolean own = Objects.equals(purchase.customer(), command.customer());
    boolean named =
        command.order() == null
            ? command.customer() != null
            : command.order().equals(purchase.key().order());
    boolean before =
        command.boughtUntil() == null || !purchase.placedAt().isAfter(command.boughtUntil());
    return own && named && before;
  }

  private static Claimed claimed(Purchases purchases, ReturnKey by) {
    Comparator<Taken> oldestFirst =
        Comparator.comparing(taken -> purchases.line(taken.line()), Purchase.OLDEST_FIRST);
    List<Taken> taken = purchases.claimsOf(by).stream().sorted(oldestFirst).toList();
    return new Claimed(
        by.returnId(),
        taken.stream().map(part -> claim(purchases.line(part.line()), part)).toList(),
        purchases.line(taken.getFirst().line()).deliveredAt());
  }

  private static Claim claim(Purchase line, Taken taken) {
    return new Claim(line.key().order(), line.key().line(), line.sku(), taken.units());
  }
}
