package dev.holdfast.commerce.api;

import dev.holdfast.commerce.aftersales.AftersalesFeatures;
import dev.holdfast.commerce.customer.CustomerFeatures;
import dev.holdfast.commerce.fraud.FraudFeatures;
import dev.holdfast.commerce.inventory.InventoryFeatures;
import dev.holdfast.commerce.order.OrderFeatures;
import dev.holdfast.commerce.payment.PaymentFeatures;
import dev.holdfast.commerce.product.ProductFeatures;
import dev.holdfast.commerce.transport.TransportFeatures;
import dev.holdfast.degradation.Feature;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the shop's agents offer, as each of them declares it: quotes go first, then the background,
 * browsing and what can be done tomorrow; taking orders and saying where they are goes last. No
 * write of the API is off in a mode that the lack of a broker leads to.
 */
public final class ShopFeatures {
  private ShopFeatures() {}

  /** Every feature; each operation of the API belongs to one. */
  public static List<Feature> all() {
    return Stream.of(
            OrderFeatures.all(),
            InventoryFeatures.all(),
            ProductFeatures.all(),
            PaymentFeatures.all(),
            TransportFeatures.all(),
            CustomerFeatures.all(),
            AftersalesFeatures.all(),
            FraudFeatures.all())
        .flatMap(List::stream)
        .toList();
  }
}
