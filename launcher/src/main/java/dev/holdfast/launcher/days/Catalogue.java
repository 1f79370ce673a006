package dev.holdfast.launcher.days;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The products that documents name, each from the first row that names its code. */
public final class Catalogue {
  /** What a unit weighs, in grams. */
  static final int UNIT_GRAMS = 250;

  private final Map<String, Product> products = new LinkedHashMap<>();

  /**
   * A product.
   *
   * @param name its first description that is not blank, else the code
   * @param unitPrice of the first row
   */
  public record Product(String sku, String name, BigDecimal unitPrice) {}

  /** Everything that the documents name. */
  static List<Product> of(List<Document> documents) {
    Catalogue catalogue = new Catalogue();
    documents.forEach(document -> document.lines().forEach(catalogue::add));
    return catalogue.named();
  }

  private void add(DocumentLine line) {
    products.merge(
        line.sku(),
        new Product(line.sku(), line.description(), line.unitPrice().abs()),
        (first, later) ->
            first.name() == null
                ? new Product(first.sku(), later.name(), first.unitPrice())
                : first);
  }

  private List<Product> named() {
    List<Product> named = new ArrayList<>(products.size());
    products
        .values()
        .forEach(
            product ->
                named.add(
                    product.name() == null
                        ? new Product(product.sku(), product.sku(), product.unitPrice())
                        : product));
    return named;
  }
}
