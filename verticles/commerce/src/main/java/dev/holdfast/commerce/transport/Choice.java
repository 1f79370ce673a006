package dev.holdfast.commerce.transport;

import dev.holdfast.commerce.transport.TransportProtocol.Quote;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A carrier that may be asked for the label, as the shipment's row remembers it.
 *
 * @param priceMinor in the shipment's currency
 */
record Choice(String carrier, String service, long priceMinor) {

  static Choice of(Quote quote) {
    return new Choice(quote.carrier(), quote.service(), quote.price().minor());
  }

  /** Carrier and service, as alternatives are named. */
  String name() {
    return carrier + "/" + service;
  }

  static String write(List<Choice> choices) {
    return choices.stream()
        .map(choice -> choice.name() + "/" + choice.priceMinor())
        .collect(Collectors.joining(" "));
  }

  static List<Choice> read(String text) {
    return Arrays.stream(text.split(" ", -1)).map(Choice::readOne).toList();
  }

  private static Choice readOne(String text) {
    String[] parts = text.split("/", -1);
    return new Choice(parts[0], parts[1], Long.parseLong(parts[2]));
  }
}
