package dev.holdfast.commerce.transport;

import dev.holdfast.bus.RecordJson;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.transport.TransportProtocol.Quote;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What carriers take, as data.
 *
 * @param homeCountry which is domestic
 * @param homeCurrency in which quotes are made
 * @param currency of the prices
 * @param euCountries two capitals each
 * @param rates exchange rates with their validity
 * @param tariffs price lists, one for each carrier, service and zone
 */
public record CarrierBook(
    String homeCountry,
    String homeCurrency,
    String currency,
    List<String> euCountries,
    List<Rate> rates,
    List<Tariff> tariffs) {
  private static final String RESOURCE = "/transport/carrier-book.json";

  public CarrierBook {
    euCountries = List.copyOf(euCountries);
    rates = List.copyOf(rates);
    tariffs = List.copyOf(tariffs);
  }

  /** Where a parcel goes, as carriers see it. */
  public enum Zone {
    DOMESTIC,
    EU,
    WORLD
  }

  /**
   * An exchange rate.
   *
   * @param validFrom the first day
   * @param validUntil the last day, or null while there is no end
   */
  public record Rate(
      String from, String to, BigDecimal rate, LocalDate validFrom, LocalDate validUntil) {
    boolean holds(String source, String target, LocalDate on) {
      return from.equals(source)
          && to.equals(target)
          && !on.isBefore(validFrom)
          && (validUntil == null || !on.isAfter(validUntil));
    }
  }

  /**
   * A price list.
   *
   * @param carrier its code
   * @param onTime percent of parcels that come in time, or null where it is not known
   * @param steps by weight, lightest first
   */
  public record Tariff(
      String carrier, String name, String service, Zone zone, Integer onTime, List<Step> steps) {
    public Tariff {
      steps = List.copyOf(steps);
    }
  }

  /**
   * A step of a price list.
   *
   * @param untilGrams the heaviest parcel it is for, or null for all heavier ones
   * @param price in the book's currency, major unit
   * @param days in transit
   */
  public record Step(Long untilGrams, BigDecimal price, int days) {}

  /** The book that is shipped with the product. */
  public static CarrierBook shipped() {
    try (InputStream in = CarrierBook.class.getResourceAsStream(RESOURCE)) {
      return RecordJson.read(
          new String(in.readAllBytes(), StandardCharsets.UTF_8), CarrierBook.class);
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
  }

  /** Where a country lies; an unknown one, null included, is the world. */
  public Zone zone(String country) {
    if (homeCountry.equals(country)) {
      return Zone.DOMESTIC;
    }
    return country != null && euCountries.contains(country) ? Zone.EU : Zone.WORLD;
  }

  /**
   * The offers for a parcel, best first.
   *
   * @param country two capitals, or null where it is not known
   * @param on the day whose exchange rate counts
   * @throws IllegalStateException when the rate table has a gap on that day
   */
  public List<Quote> quotes(String country, long grams, LocalDate on) {
    Zone zone = zone(country);
    BigDecimal rate = rate(on);
    return CarrierRules.ranked(
        tariffs.stream()
            .filter(tariff -> tariff.zone() == zone)
            .flatMap(tariff -> offer(tariff, grams, rate).stream())
            .toList());
  }

  private Optional<CarrierRules.Offer> offer(Tariff tariff, long grams, BigDecimal rate) {
    return tariff.steps().stream()
        .filter(step -> step.untilGrams() == null || grams <= step.untilGrams())
        .findFirst()
        .map(
            step ->
                new CarrierRules.Offer(
                    tariff.carrier(),
                    tariff.service(),
                    inHomeCurrency(step.price(), rate),
                    step.days(),
                    tariff.onTime()));
  }

  private Money inHomeCurrency(BigDecimal price, BigDecimal rate) {
    BigDecimal minor = price.multiply(rate).movePointRight(2).setScale(0, RoundingMode.HALF_UP);
    return new Money(minor.longValueExact(), homeCurrency);
  }

  private BigDecimal rate(LocalDate on) {
    if (currency.equals(homeCurrency)) {
      return BigDecimal.ONE;
    }
    return rates.stream()
        .filter(rate -> rate.holds(currency, homeCurrency, on))
        .findFirst()
        .map(Rate::rate)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no rate from %s to %s on %s".formatted(currency, homeCurrency, on)));
  }
}
