package dev.holdfast.launcher.days;

import dev.holdfast.commerce.shared.Units;
import dev.holdfast.launcher.days.Catalogue.Product;
import dev.holdfast.launcher.days.ShopDay.Giveback;
import dev.holdfast.launcher.days.ShopDay.Purchase;
import dev.holdfast.launcher.days.ShopDay.Story;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happens on a generated day: all of it follows from the seed and the number of orders. Every
 * story happens at least once, the rarer ones to about one order in thirty.
 */
final class ShopDayRules {
  /** Orders of a day at least, so that there is room for every story. */
  static final int LEAST_ORDERS = 20;

  /** Orders of a day at most. */
  static final int MOST_ORDERS = 100_000;

  private static final int PRODUCTS = 60;
  private static final String SCARCE_SKU = "19999HD";
  private static final long SCARCE_UNITS = 3;
  private static final int SHARE = 30;
  private static final int RETURN_SHARE = 12;
  private static final Instant MORNING = Instant.parse("2026-03-02T07:00:00Z");
  private static final Duration OPEN = Duration.ofHours(12);
  private static final List<String> COUNTRIES = List.of("GB", "GB", "GB", "IE", "FR", "DE", "NL");
  private static final List<String> FAULTS =
      List.of("tok_timeout", "tok_error", "tok_slow", "tok_late");
  private static final List<String> REASONS =
      List.of("CHANGED_MIND", "PRODUCT_DEFECT", "NOT_AS_DESCRIBED", "WRONG_ITEM");
  private static final List<String> CONDITIONS = List.of("LIKE_NEW", "LIKE_NEW", "USED", "DAMAGED");
  private static final List<Story> RARE =
      List.of(
          Story.SCARCE,
          Story.DECLINED,
          Story.REVIEWED,
          Story.REJECTED,
          Story.BLOCKED,
          Story.FAULTY);

  private final Dice dice;
  private final String source;
  private final List<Product> products = new ArrayList<>();

  private ShopDayRules(int orders, long seed) {
    this.dice = new Dice(seed);
    this.source = "day-" + seed + "-" + orders;
  }

  /**
   * The day of a seed.
   *
   * @param orders {@link #LEAST_ORDERS} to {@link #MOST_ORDERS}
   */
  static ShopDay of(int orders, long seed) {
    return new ShopDayRules(orders, seed).day(orders);
  }

  private ShopDay day(int count) {
    for (int at = 0; at < PRODUCTS; at++) {
      String sku = "%05dHD".formatted(10_000 + at);
      products.add(
          new Product(sku, "Article " + (at + 1), BigDecimal.valueOf(dice.between(95, 2_995), 2)));
    }
    List<Story> stories = stories(count);
    List<Purchase> orders = new ArrayList<>(count);
    for (int at = 0; at < count; at++) {
      orders.add(order(at, count, stories.get(at)));
    }
    List<Units> opening = opening(orders);
    products.add(new Product(SCARCE_SKU, "The last of its kind", new BigDecimal("49.95")));
    return new ShopDay(source, products, opening, orders, givebacks(orders));
  }

  /** The rare stories in turn, at places drawn by the dice. */
  private List<Story> stories(int count) {
    List<Story> stories = new ArrayList<>();
    int rare = Math.max(1, count / SHARE) * RARE.size();
    for (int at = 0; at < count; at++) {
      stories.add(at < rare ? RARE.get(at % RARE.size()) : Story.PLAIN);
    }
    for (int at = count - 1; at > 0; at--) {
      int other = dice.below(at + 1);
      Story swapped = stories.get(at);
      stories.set(at, stories.get(other));
      stories.set(other, swapped);
    }
    return stories;
  }

  private Purchase order(int at, int count, Story story) {
    boolean isSuspicious =
        story == Story.REVIEWED || story == Story.REJECTED || story == Story.BLOCKED;
    boolean isGuest = story != Story.BLOCKED && (isSuspicious || dice.below(8) == 0);
    String home = COUNTRIES.get(dice.below(COUNTRIES.size()));
    // A customer of the story BLOCKED is new, which with the rest is too much.
    String customer = isSuspicious ? "9%06d".formatted(at) : "8%05d".formatted(dice.below(count));
    return new Purchase(
        "%s-%06d".formatted(source, at + 1),
        story,
        isGuest ? null : source + "-" + customer,
        isGuest ? "guest-%d@example.org".formatted(at) : null,
        MORNING.plus(OPEN.multipliedBy(at).dividedBy(count)),
        lines(story, isSuspicious),
        home,
        isSuspicious ? home.equals("GB") ? "FR" : "GB" : home,
        payment(at, story),
        isSuspicious);
  }

  private static String payment(int at, Story story) {
    return switch (story) {
      case DECLINED -> "tok_declined";
      case FAULTY -> FAULTS.get(at % FAULTS.size());
      case PLAIN, SCARCE, REVIEWED, REJECTED, BLOCKED -> Requests.GOOD_PAYMENT;
    };
  }

  /** Few and cheap where an amount must not add to the suspicion. */
  private List<Units> lines(Story story, boolean isSuspicious) {
    Map<String, Long> lines = new LinkedHashMap<>();
    int wanted = isSuspicious ? 1 : dice.between(1, 8);
    for (int line = 0; line < wanted; line++) {
      String sku = products.get(dice.below(products.size())).sku();
      lines.merge(sku, (long) dice.between(1, isSuspicious ? 2 : 6), Long::sum);
    }
    if (story == Story.SCARCE) {
      lines.put(SCARCE_SKU, SCARCE_UNITS + dice.between(1, 9));
    }
    return lines.entrySet().stream()
        .map(line -> new Units(line.getKey(), line.getValue()))
        .toList();
  }

  /** Enough of everything but the scarce article, of which there are fewer than any order asks. */
  private static List<Units> opening(List<Purchase> orders) {
    Map<String, Long> wanted = new TreeMap<>();
    orders.forEach(
        order -> order.lines().forEach(line -> wanted.merge(line.sku(), line.units(), Long::sum)));
    wanted.put(SCARCE_SKU, SCARCE_UNITS);
    List<Units> opening = new ArrayList<>();
    wanted.forEach((sku, units) -> opening.add(new Units(sku, units)));
    return opening;
  }

  private List<Giveback> givebacks(List<Purchase> orders) {
    List<Integer> kept = new ArrayList<>();
    for (int at = 0; at < orders.size(); at++) {
      if (orders.get(at).story() == Story.PLAIN) {
        kept.add(at);
      }
    }
    int count = Math.max(3, orders.size() / RETURN_SHARE);
    List<Giveback> givebacks = new ArrayList<>(count);
    for (int at = 0; at < count && !kept.isEmpty(); at++) {
      givebacks.add(giveback(at, kept.remove(dice.below(kept.size())), orders));
    }
    return givebacks;
  }

  /** The third, sixth … of them asks back more than was bought, and is refused. */
  private Giveback giveback(int at, int order, List<Purchase> orders) {
    List<Units> lines = orders.get(order).lines();
    Units line = lines.get(dice.below(lines.size()));
    boolean isTooMuch = at % 3 == 2;
    return new Giveback(
        "%s-R%05d".formatted(source, at + 1),
        order,
        line.sku(),
        isTooMuch ? line.units() + 1 : dice.between(1, (int) line.units()),
        MORNING.plus(Duration.ofDays(1)),
        REASONS.get(dice.below(REASONS.size())),
        at % 2 == 0,
        CONDITIONS.get(dice.below(CONDITIONS.size())));
  }
}
