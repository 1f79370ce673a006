package dev.holdfast.commerce.product;

import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Event;
import dev.holdfast.kernel.Query;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What may be said to the product agent, and what it says. */
public interface ProductProtocol {

  /** Commands to the product agent. */
  sealed interface ProductCommand<R> extends Command<R> {}

  /**
   * Create the products that are not there yet; those there stay as they are. Refused with {@code
   * invalid_product} or {@code too_many_products} (invalid), naming the first that can't be.
   *
   * @param booking names the import
   * @param products at most 1,000
   */
  record Import(int merchant, UUID booking, List<Draft> products)
      implements ProductCommand<Imported> {
    public Import {
      products = List.copyOf(products);
    }

    @Override
    public int rows() {
      return products.size();
    }

    @Override
    public String parkingKey() {
      return booking.toString();
    }
  }

  /**
   * A product to be.
   *
   * @param sku 1 to 64 characters
   * @param name 1 to 500 characters
   * @param unitPrice in the major unit of the currency, 0 to 999,999,999, at most 4 decimals
   * @param currency ISO 4217
   * @param weightGrams of one unit; null where it is not known (250 g are assumed)
   */
  record Draft(
      String sku, String name, BigDecimal unitPrice, String currency, Integer weightGrams) {}

  /** How many codes were new, and how many were there. */
  record Imported(UUID booking, int created, int known) {}

  /**
   * A new price from now on; the old one stays in the history. Refused with {@code unknown_product}
   * (not found), {@code version_changed} (conflict) when the expected version is not the present
   * one, {@code invalid_product} (invalid). The present price again changes nothing.
   *
   * @param expectedVersion or null for whatever there is
   */
  record ChangePrice(
      int merchant, String sku, BigDecimal unitPrice, Long expectedVersion, String reason)
      implements ProductCommand<PriceChanged> {
    @Override
    public String parkingKey() {
      return sku;
    }
  }

  /** The price that holds from now on, in the major unit. */
  record PriceChanged(String sku, long version, BigDecimal unitPrice) {}

  /** Questions to the product agent. */
  sealed interface ProductQuery<R> extends Query<R> {}

  /** One product; refused as {@code unknown_product} when there is none. */
  record ProductBySku(int merchant, String sku) implements ProductQuery<Product> {}

  /** Several products by code; those not known are left out. */
  record ProductsBySku(int merchant, List<String> skus) implements ProductQuery<Products> {
    public ProductsBySku {
      skus = List.copyOf(skus);
    }
  }

  /** Products by code in ascending order, after the given one (null: from the first). */
  record ProductPage(int merchant, String after, int limit) implements ProductQuery<Products> {}

  /**
   * A product.
   *
   * @param stocked whether units of it lie in a warehouse
   * @param history its prices, the latest first, the present one among them; empty in lists
   */
  record Product(
      String sku,
      String name,
      BigDecimal unitPrice,
      String currency,
      Integer weightGrams,
      boolean stocked,
      long version,
      List<PastPrice> history) {
    public Product {
      history = List.copyOf(history);
    }
  }

  /** A price, in the major unit, and since when it held. */
  record PastPrice(BigDecimal unitPrice, Instant from, String reason) {}

  /** A page of products. */
  record Products(List<Product> products) {
    public Products {
      products = List.copyOf(products);
    }
  }

  /** A product is in the catalogue. */
  record ProductCreated(int merchant, String aggregate, long version) implements Event {}

  /** A product has another price. */
  record ProductPriceChanged(
      int merchant, String aggregate, long version, BigDecimal unitPrice, String currency)
      implements Event {}
}
