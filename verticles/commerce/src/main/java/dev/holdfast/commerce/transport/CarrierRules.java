package dev.holdfast.commerce.transport;

import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.transport.TransportProtocol.Quote;
import java.util.Comparator;
import java.util.List;

/** Which carrier is best: 60 % punctuality, 40 % price. */
final class CarrierRules {
  private static final double ON_TIME_SHARE = 0.6;
  private static final double PRICE_SHARE = 0.4;
  private static final int ON_TIME_UNKNOWN = 90;

  private static final Comparator<Quote> BEST_FIRST =
      Comparator.comparingDouble(Quote::score)
          .reversed()
          .thenComparingLong(quote -> quote.price().minor())
          .thenComparing(Quote::carrier)
          .thenComparing(Quote::service);

  private CarrierRules() {}

  /**
   * What a carrier would take.
   *
   * @param onTime percent, or null where it is not known
   */
  record Offer(String carrier, String service, Money price, int days, Integer onTime) {}

  /** The offers with their scores, best first; of equals the cheaper one. */
  static List<Quote> ranked(List<Offer> offers) {
    long cheapest = offers.stream().mapToLong(offer -> offer.price().minor()).min().orElse(0);
    long dearest = offers.stream().mapToLong(offer -> offer.price().minor()).max().orElse(0);
    return offers.stream()
        .map(offer -> quote(offer, cheapest, dearest))
        .sorted(BEST_FIRST)
        .toList();
  }

  private static Quote quote(Offer offer, long cheapest, long dearest) {
    int onTime = offer.onTime() == null ? ON_TIME_UNKNOWN : offer.onTime();
    double normalised =
        dearest == cheapest
            ? 0
            : (double) (offer.price().minor() - cheapest) / (dearest - cheapest);
    double score = ON_TIME_SHARE * onTime + PRICE_SHARE * (1 - normalised) * 100;
    return new Quote(offer.carrier(), offer.service(), offer.price(), offer.days(), onTime, score);
  }
}
