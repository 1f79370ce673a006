package dev.holdfast.commerce.fraud;

import dev.holdfast.commerce.fraud.FraudProtocol.Level;
import dev.holdfast.commerce.fraud.FraudProtocol.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of fraud, as data.
 *
 * @param levels from which score each level begins
 * @param rules in the order in which their reasons are told
 */
public record RuleBook(Levels levels, List<Rule> rules) {

  /** What a rule looks at. */
  public enum Signal {
    AMOUNT,
    ORDERS,
    PAYMENT_METHOD_CHANGES,
    BAD_IP,
    COUNTRY_MISMATCH,
    ACCOUNT_HOURS;

    /** Whether it counts the customer's orders over a window. */
    boolean isCounted() {
      return this == ORDERS || this == PAYMENT_METHOD_CHANGES;
    }
  }

  /** How often a rule gives its weight. */
  public enum Times {
    ONCE,
    VALUE,
    EXCESS
  }

  /** The first score of each level but the lowest; 1 to 100, rising. */
  public record Levels(int medium, int high, int critical) {
    public Levels {
      if (medium < 1 || high <= medium || critical <= high || critical > 100) {
        throw new IllegalArgumentException(
            "levels must rise within 1 to 100, got " + medium + ", " + high + ", " + critical);
      }
    }

    Level of(int score) {
      if (score >= critical) {
        return Level.CRITICAL;
      }
      if (score >= high) {
        return Level.HIGH;
      }
      return score >= medium ? Level.MEDIUM : Level.LOW;
    }

    static Verdict verdict(Level level) {
      return switch (level) {
        case CRITICAL -> Verdict.BLOCKED;
        case HIGH -> Verdict.REVIEW;
        case MEDIUM -> Verdict.FLAGGED;
        case LOW -> Verdict.APPROVED;
      };
    }
  }

  /**
   * One rule.
   *
   * @param id told as the reason
   * @param window hours, 1 to 720, of a counted signal; else null
   * @param above fires when the signal is greater; else null
   * @param below fires when the signal is less; else null
   * @param weight points, 1 to 100
   * @param per divides the excess; 1 where it is null
   * @param cap the most points it gives, 1 to 100
   */
  public record Rule(
      String id,
      Signal signal,
      Integer window,
      BigDecimal above,
      BigDecimal below,
      int weight,
      Times times,
      BigDecimal per,
      int cap,
      boolean enabled) {
    public Rule {
      check(id, id != null && !id.isBlank(), "has no id");
      check(id, signal != null, "names no signal");
      check(id, times != null, "does not say how often its weight counts");
      check(id, (above == null) != (below == null), "needs either above or below");
      check(id, times != Times.EXCESS || above != null, "counts an excess above nothing");
      check(id, within(weight, 1, 100), "has a weight that is not 1 to 100");
      check(id, within(cap, 1, 100), "has a cap that is not 1 to 100");
      check(id, per == null || per.signum() > 0, "divides by what is not positive");
      check(
          id,
          signal.isCounted() == (window != null) && (window == null || within(window, 1, 720)),
          "needs a window of 1 to 720 hours if and only if its signal is counted");
    }

    private static boolean within(int value, int least, int most) {
      return value >= least && value <= most;
    }

    private static void check(String id, boolean holds, String otherwise) {
      if (!holds) {
        throw new IllegalArgumentException("fraud rule " + id + " " + otherwise);
      }
    }
  }

  public RuleBook {
    rules = List.copyOf(rules);
    Set<String> ids = new HashSet<>();
    for (Rule rule : rules) {
      if (!ids.add(rule.id())) {
        throw new IllegalArgumentException("two fraud rules are called " + rule.id());
      }
    }
  }

  /** The rules that count. */
  List<Rule> enabled() {
    return rules.stream().filter(Rule::enabled).toList();
  }

  /** How far back a customer's orders are looked at; zero when no rule counts them. */
  Duration longestWindow() {
    return enabled().stream()
        .filter(rule -> rule.signal().isCounted())
        .map(rule -> Duration.ofHours(rule.window()))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }
}
