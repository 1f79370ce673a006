package dev.holdfast.commerce.product;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The work of a batch: the products it touches and the prices it sets. */
final class Catalogue {
  private record Name(int merchant, String sku) {}

  /** A price that a product has from now on. */
  record NewPrice(int merchant, String sku, long version, BigDecimal unitPrice, String reason) {}

  private final Instant now;
  private final Map<Name, Item> items = new LinkedHashMap<>();
  private final List<NewPrice> prices = new ArrayList<>();

  /**
   * @param now platform time of the batch
   */
  Catalogue(Instant now) {
    this.now = now;
  }

  Instant now() {
    return now;
  }

  void add(Item item) {
    items.put(new Name(item.merchant, item.sku), item);
  }

  Optional<Item> find(int merchant, String sku) {
    return Optional.ofNullable(items.get(new Name(merchant, sku)));
  }

  /** Keeps the product's present price in its history. */
  void priced(Item item, String reason) {
    prices.add(new NewPrice(item.merchant, item.sku, item.version(), item.unitPrice(), reason));
  }

  List<Item> newItems() {
    return items.values().stream().filter(item -> !item.known).toList();
  }

  List<Item> changedItems() {
    return items.values().stream().filter(Item::changed).toList();
  }

  List<NewPrice> newPrices() {
    return prices;
  }
}
