package dev.holdfast.commerce.api;

import static dev.holdfast.degradation.Feature.Kind.BACKGROUND;
import static dev.holdfast.degradation.Feature.Kind.READS;
import static dev.holdfast.degradation.Feature.Kind.WRITES;
import static dev.holdfast.degradation.Feature.Kind.WRITES_OR_INTENT;
import static dev.holdfast.degradation.Mode.DEGRADED;
import static dev.holdfast.degradation.Mode.EMERGENCY;
import static dev.holdfast.degradation.Mode.MINIMAL;
import static dev.holdfast.degradation.Mode.NORMAL;

import dev.holdfast.degradation.Feature;
import java.util.List;

/**
 * What the shop's agents offer, each feature with the lowest mode it runs in: quotes go first, then
 * the background, browsing and what can be done tomorrow; taking orders and saying where they are
 * goes last. No write of the API is off in a mode that the lack of a broker leads to.
 */
public final class ShopFeatures {
  /** The rounds in which the payment provider is asked about what is open. */
  public static final String PAYMENT_RECONCILIATION = "payment_reconciliation";

  /** The rounds in which the carriers are asked. */
  public static final String SHIPMENT_RECONCILIATION = "shipment_reconciliation";

  private ShopFeatures() {}

  /** Every feature; each operation of the API belongs to one. */
  public static List<Feature> all() {
    return List.of(
        Feature.of(
            "order", "place_order", "Placing orders", WRITES_OR_INTENT, EMERGENCY, "placeOrder"),
        Feature.of("order", "order_status", "Seeing an order", READS, EMERGENCY, "getOrder"),
        Feature.of("order", "cancel_order", "Cancelling orders", WRITES, MINIMAL, "cancelOrder"),
        Feature.of("order", "browse_orders", "Listing orders", READS, DEGRADED, "listOrders"),
        Feature.of(
            "order",
            "unreadable_documents",
            "Recording unreadable documents",
            WRITES,
            MINIMAL,
            "recordUnreadable"),
        Feature.of(
            "inventory",
            "stock_booking",
            "Booking stock",
            WRITES,
            MINIMAL,
            "openStock",
            "adjustStock"),
        Feature.of("inventory", "stock_status", "Seeing a stock", READS, MINIMAL, "getStock"),
        Feature.of("inventory", "browse_stock", "Listing stock", READS, DEGRADED, "listStock"),
        Feature.of("product", "product_status", "Seeing a product", READS, EMERGENCY, "getProduct"),
        Feature.of(
            "product", "browse_products", "Listing products", READS, DEGRADED, "listProducts"),
        Feature.of(
            "product",
            "catalogue_changes",
            "Changing the catalogue",
            WRITES,
            DEGRADED,
            "importProducts",
            "changePrice"),
        Feature.of("payment", "payment_status", "Seeing a payment", READS, MINIMAL, "getPayment"),
        Feature.of(
            "payment", "ledger_changes", "Adjusting the ledger", WRITES, DEGRADED, "adjustLedger"),
        Feature.of(
            "payment", PAYMENT_RECONCILIATION, "Asking the payment provider", BACKGROUND, DEGRADED),
        Feature.of(
            "transport", "shipment_status", "Seeing a shipment", READS, MINIMAL, "getShipment"),
        Feature.of(
            "transport", "shipping_quotes", "Quoting shipments", READS, NORMAL, "quoteShipment"),
        Feature.of(
            "transport", SHIPMENT_RECONCILIATION, "Asking the carriers", BACKGROUND, DEGRADED),
        Feature.of(
            "customer",
            "register_customer",
            "Registering customers",
            WRITES,
            MINIMAL,
            "registerCustomer"),
        Feature.of(
            "customer",
            "customer_care",
            "Changing customers",
            WRITES,
            DEGRADED,
            "setCustomerStatus",
            "eraseCustomer"),
        Feature.of(
            "customer", "customer_status", "Seeing a customer", READS, MINIMAL, "getCustomer"),
        Feature.of(
            "customer", "browse_customers", "Listing customers", READS, DEGRADED, "listCustomers"),
        Feature.of(
            "aftersales",
            "request_return",
            "Requesting returns",
            WRITES,
            DEGRADED,
            "requestReturn"),
        Feature.of(
            "aftersales",
            "inspect_return",
            "Inspecting returns",
            WRITES,
            DEGRADED,
            "inspectReturn"),
        Feature.of("aftersales", "return_status", "Seeing a return", READS, MINIMAL, "getReturn"),
        Feature.of(
            "aftersales", "browse_returns", "Listing returns", READS, DEGRADED, "listReturns"),
        Feature.of("fraud", "review_order", "Reviewing orders", WRITES, MINIMAL, "reviewOrder"),
        Feature.of("fraud", "block_list", "Changing the block list", WRITES, MINIMAL, "blockFraud"),
        Feature.of(
            "fraud", "assessments", "Seeing an assessment", READS, DEGRADED, "getAssessment"),
        Feature.of("fraud", "browse_reviews", "Listing reviews", READS, DEGRADED, "listReviews"));
  }
}
