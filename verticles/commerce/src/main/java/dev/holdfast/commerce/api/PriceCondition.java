package dev.holdfast.commerce.api;

import dev.holdfast.commerce.product.ProductProtocol.Product;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The catalogue's prices that an order was accepted at while the catalogue could not be asked.
 *
 * @param prices by stock code, in the major unit of the currency
 */
record PriceCondition(String currency, Map<String, BigDecimal> prices) {
  PriceCondition {
    prices = Map.copyOf(prices);
  }

  /** The first stock code whose price is another one now; empty when all are as they were. */
  Optional<String> changed(List<Product> products) {
    Map<String, Product> now =
        products.stream().collect(Collectors.toMap(Product::sku, product -> product));
    return prices.entrySet().stream()
        .filter(then -> !isSame(now.get(then.getKey()), then.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst();
  }

  private boolean isSame(Product product, BigDecimal price) {
    return product != null
        && product.currency().equals(currency)
        && product.unitPrice().compareTo(price) == 0;
  }
}
