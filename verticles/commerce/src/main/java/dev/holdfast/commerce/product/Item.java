package dev.holdfast.commerce.product;

import dev.holdfast.commerce.product.ProductProtocol.Draft;
import java.math.BigDecimal;

/** A product, as the commands of a batch so far left it. */
final class Item {
  final int merchant;
  final String sku;
  final String name;
  final String currency;
  final Integer weightGrams;

  /** Whether the row is in the database; its lock is held then. */
  final boolean known;

  private final long firstVersion;
  private BigDecimal unitPrice;
  private long version;

  private Item(
      int merchant,
      String sku,
      String name,
      String currency,
      Integer weightGrams,
      boolean known,
      BigDecimal unitPrice,
      long version) {
    this.merchant = merchant;
    this.sku = sku;
    this.name = name;
    this.currency = currency;
    this.weightGrams = weightGrams;
    this.known = known;
    this.unitPrice = unitPrice;
    this.version = version;
    this.firstVersion = version;
  }

  /** One that lies in the database; of it only the price is ever changed. */
  static Item loaded(
      int merchant, String sku, String currency, BigDecimal unitPrice, long version) {
    return new Item(merchant, sku, null, currency, null, true, unitPrice, version);
  }

  /** A new one. */
  static Item of(int merchant, Draft draft) {
    return new Item(
        merchant,
        draft.sku(),
        draft.name(),
        draft.currency(),
        draft.weightGrams(),
        false,
        draft.unitPrice(),
        1);
  }

  BigDecimal unitPrice() {
    return unitPrice;
  }

  long version() {
    return version;
  }

  /** Whether a row that is in the database has to be written again. */
  boolean changed() {
    return known && version != firstVersion;
  }

  void price(BigDecimal price) {
    unitPrice = price;
    version++;
  }
}
