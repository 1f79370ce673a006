package dev.holdfast.commerce.fraud;

import dev.holdfast.commerce.fraud.Facts.Past;
import dev.holdfast.commerce.fraud.FraudProtocol.Assess;
import dev.holdfast.commerce.fraud.FraudProtocol.Assessed;
import dev.holdfast.commerce.fraud.FraudProtocol.Kind;
import dev.holdfast.commerce.fraud.FraudProtocol.Level;
import dev.holdfast.commerce.fraud.FraudProtocol.Reason;
import dev.holdfast.commerce.fraud.RuleBook.Levels;
import dev.holdfast.commerce.fraud.RuleBook.Rule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How risky an order is, by the rule book. Windows run over business time up to the order's own: an
 * order counts itself and the others placed after the window's beginning and not after it. Orders
 * that came in late and were placed after it do not count.
 */
final class FraudRules {
  private static final int HIGHEST_SCORE = 100;

  private final RuleBook book;

  FraudRules(RuleBook book) {
    this.book = book;
  }

  /** The verdict with its reasons. Whoever is blocked has the highest score, whatever else. */
  Assessed judge(Facts facts) {
    if (!facts.blocked().isEmpty()) {
      return blocked(facts);
    }
    List<Reason> reasons = new ArrayList<>();
    for (Rule rule : book.enabled()) {
      int points = points(rule, facts);
      if (points > 0) {
        reasons.add(new Reason(rule.id(), points));
      }
    }
    int score = Math.min(HIGHEST_SCORE, reasons.stream().mapToInt(Reason::points).sum());
    Level level = book.levels().of(score);
    return new Assessed(facts.asked().order(), score, level, Levels.verdict(level), reasons);
  }

  private static Assessed blocked(Facts facts) {
    List<Reason> reasons =
        facts.blocked().stream()
            .sorted()
            .map(kind -> new Reason("blocked_" + name(kind), HIGHEST_SCORE))
            .toList();
    return new Assessed(
        facts.asked().order(),
        HIGHEST_SCORE,
        Level.CRITICAL,
        Levels.verdict(Level.CRITICAL),
        reasons);
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static int points(Rule rule, Facts facts) {
    return signal(rule, facts)
        .filter(value -> fires(rule, value))
        .map(value -> weighed(rule, value))
        .orElse(0);
  }

  private static boolean fires(Rule rule, BigDecimal value) {
    return rule.above() != null
        ? value.compareTo(rule.above()) > 0
        : value.compareTo(rule.below()) < 0;
  }

  private static int weighed(Rule rule, BigDecimal value) {
    BigDecimal times =
        switch (rule.times()) {
          case ONCE -> BigDecimal.ONE;
          case VALUE -> value;
          case EXCESS -> value.subtract(rule.above());
        };
    return times
        .multiply(BigDecimal.valueOf(rule.weight()))
        .divide(rule.per() == null ? BigDecimal.ONE : rule.per(), 0, RoundingMode.DOWN)
        .min(BigDecimal.valueOf(rule.cap()))
        .intValueExact();
  }

  /** The signal's value; empty where it is not known. */
  private static Optional<BigDecimal> signal(Rule rule, Facts facts) {
    Assess asked = facts.asked();
    return switch (rule.signal()) {
      case AMOUNT -> Optional.of(BigDecimal.valueOf(asked.total().minor(), 2));
      case ORDERS -> Optional.of(BigDecimal.valueOf(within(rule, facts).size() + 1L));
      case PAYMENT_METHOD_CHANGES -> Optional.of(BigDecimal.valueOf(changes(rule, facts)));
      case BAD_IP -> Optional.of(flag(asked.badIpReputation()));
      case COUNTRY_MISMATCH -> mismatch(asked);
      case ACCOUNT_HOURS ->
          Optional.ofNullable(asked.accountSince()).map(since -> hours(since, asked.placedAt()));
    };
  }

  private static BigDecimal flag(boolean set) {
    return set ? BigDecimal.ONE : BigDecimal.ZERO;
  }

  private static Optional<BigDecimal> mismatch(Assess asked) {
    return asked.billingCountry() == null || asked.shippingCountry() == null
        ? Optional.empty()
        : Optional.of(flag(!asked.billingCountry().equals(asked.shippingCountry())));
  }

  private static BigDecimal hours(Instant since, Instant at) {
    return BigDecimal.valueOf(Duration.between(since, at).toSeconds())
        .divide(BigDecimal.valueOf(3600), 4, RoundingMode.DOWN);
  }

  private static List<Past> within(Rule rule, Facts facts) {
    Instant placedAt = facts.asked().placedAt();
    Instant beginning = placedAt.minus(Duration.ofHours(rule.window()));
    return facts.past().stream()
        .filter(past -> past.placedAt().isAfter(beginning) && !past.placedAt().isAfter(placedAt))
        .toList();
  }

  /** How often two orders in a row within the window were paid by different known methods. */
  private static int changes(Rule rule, Facts facts) {
    int changes = 0;
    String last = null;
    List<String> methods = new ArrayList<>();
    within(rule, facts).forEach(past -> methods.add(past.paymentMethod()));
    methods.add(facts.asked().paymentMethod());
    for (String method : methods) {
      if (method != null && last != null && !method.equals(last)) {
        changes++;
      }
      last = method == null ? last : method;
    }
    return changes;
  }
}
