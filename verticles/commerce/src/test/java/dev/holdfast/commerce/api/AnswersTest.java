package dev.holdfast.commerce.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.bus.QueryRefused;
import dev.holdfast.commerce.customer.CustomerProtocol;
import dev.holdfast.commerce.customer.CustomerProtocol.Customer;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerById;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerPage;
import dev.holdfast.commerce.customer.CustomerProtocol.Customers;
import dev.holdfast.commerce.customer.CustomerProtocol.Erase;
import dev.holdfast.commerce.customer.CustomerProtocol.Register;
import dev.holdfast.commerce.customer.CustomerProtocol.Registered;
import dev.holdfast.commerce.customer.CustomerProtocol.SetStatus;
import dev.holdfast.commerce.customer.CustomerProtocol.Tier;
import dev.holdfast.commerce.fraud.FraudProtocol;
import dev.holdfast.commerce.fraud.FraudProtocol.Assessment;
import dev.holdfast.commerce.fraud.FraudProtocol.AssessmentOf;
import dev.holdfast.commerce.fraud.FraudProtocol.Assessments;
import dev.holdfast.commerce.fraud.FraudProtocol.Block;
import dev.holdfast.commerce.fraud.FraudProtocol.Blocked;
import dev.holdfast.commerce.fraud.FraudProtocol.Level;
import dev.holdfast.commerce.fraud.FraudProtocol.Reason;
import dev.holdfast.commerce.fraud.FraudProtocol.Review;
import dev.holdfast.commerce.fraud.FraudProtocol.ReviewQueue;
import dev.holdfast.commerce.fraud.FraudProtocol.Reviewed;
import dev.holdfast.commerce.fraud.FraudProtocol.Verdict;
import dev.holdfast.commerce.inventory.InventoryProtocol.Adjust;
import dev.holdfast.commerce.inventory.InventoryProtocol.Moved;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockLevel;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockLevels;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockOf;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockPage;
import dev.holdfast.commerce.inventory.InventoryProtocol.WarehouseStock;
import dev.holdfast.commerce.order.OrderProtocol.OrderById;
import dev.holdfast.commerce.order.OrderProtocol.RecordUnreadable;
import dev.holdfast.commerce.order.OrderProtocol.UnreadableRecorded;
import dev.holdfast.commerce.payment.PaymentProtocol;
import dev.holdfast.commerce.payment.PaymentProtocol.AdjustLedger;
import dev.holdfast.commerce.payment.PaymentProtocol.LedgerAdjusted;
import dev.holdfast.commerce.payment.PaymentProtocol.Payment;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentOf;
import dev.holdfast.commerce.product.ProductProtocol.ChangePrice;
import dev.holdfast.commerce.product.ProductProtocol.Import;
import dev.holdfast.commerce.product.ProductProtocol.Imported;
import dev.holdfast.commerce.product.ProductProtocol.PastPrice;
import dev.holdfast.commerce.product.ProductProtocol.PriceChanged;
import dev.holdfast.commerce.product.ProductProtocol.Product;
import dev.holdfast.commerce.product.ProductProtocol.ProductBySku;
import dev.holdfast.commerce.product.ProductProtocol.ProductPage;
import dev.holdfast.commerce.product.ProductProtocol.Products;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.transport.TransportProtocol.Quote;
import dev.holdfast.commerce.transport.TransportProtocol.QuoteList;
import dev.holdfast.commerce.transport.TransportProtocol.Quotes;
import dev.holdfast.commerce.transport.TransportProtocol.Shipment;
import dev.holdfast.commerce.transport.TransportProtocol.ShipmentOf;
import dev.holdfast.commerce.transport.TransportProtocol.State;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What goes to the agents and what comes back, operation by operation; all by the contract. */
class AnswersTest extends ApiFixture {
  private static final UUID ID = Bodies.ORDER;
  private static final Money MONEY = new Money(339, "GBP");

  @Test
  void stock_is_booked_and_seen() throws Exception {
    stage.done(OpenStock.class, new Moved(ID, 10, 0), false);
    post("openStock", "/stock/openings", "{'lines':[{'sku':'a','units':10}]}");
    assertEquals(stage.ask(OpenStock.class).id().value(), stage.command(OpenStock.class).booking());
    stage.done(Adjust.class, new Moved(ID, -3, 2), false);
    JsonObject moved =
        post(
            "adjustStock",
            "/stock/adjustments",
            "{'source':'shop','externalNumber':'1','reason':'damages','lines':[{'sku':'a','units':-5}]}");
    assertEquals(2, moved.getLong("shortUnits"));
    assertEquals(-5, stage.command(Adjust.class).lines().getFirst().units());
    StockLevel level = new StockLevel("a/b", 5, 1, List.of(new WarehouseStock(1, 5, 1)));
    stage.answered(StockOf.class, level);
    get("getStock", "/stock/a%2Fb");
    assertEquals("a/b", stage.question(StockOf.class).sku());
    stage.answered(StockPage.class, new StockLevels(List.of(level)));
    String next = get("listStock", "/stock?limit=1").getString("next");
    get("listStock", "/stock?limit=1&cursor=" + next);
    assertEquals("a/b", stage.question(StockPage.class).after());
  }

  @Test
  void products_are_imported_seen_and_priced() throws Exception {
    stage.done(Import.class, new Imported(ID, 1, 0), false);
    post(
        "importProducts",
        "/products/imports",
        "{'products':[{'sku':'a','name':'A','unitPrice':'2.5','currency':'GBP'}]}");
    assertEquals(
        new BigDecimal("2.5"), stage.command(Import.class).products().getFirst().unitPrice());
    Product product =
        new Product(
            "a",
            "A",
            new BigDecimal("2.50"),
            "GBP",
            250,
            false,
            2,
            List.of(new PastPrice(new BigDecimal("2"), Bodies.TIME, null)));
    stage.answered(ProductBySku.class, product);
    assertEquals("2.50", get("getProduct", "/products/a").getString("unitPrice"));
    stage.answered(ProductPage.class, new Products(List.of(product)));
    get("listProducts", "/products");
    stage.done(ChangePrice.class, new PriceChanged("a", 3, new BigDecimal("3")), false);
    post("changePrice", "/products/a/prices", "{'unitPrice':'3'}");
    assertEquals(null, stage.command(ChangePrice.class).expectedVersion());
  }

  @Test
  void customers_are_entered_seen_changed_and_erased() throws Exception {
    stage.done(Register.class, new Registered("c 1", 1), false);
    HttpResponse<String> entered =
        stage.post(Role.MERCHANT, "/customers", "k", "{\"id\":\"c 1\",\"kind\":\"BUSINESS\"}");
    assertEquals(201, entered.statusCode());
    assertEquals("/api/v1/customers/c%201", entered.headers().firstValue("Location").orElseThrow());
    Customer customer =
        new Customer(
            "17850",
            null,
            null,
            CustomerProtocol.Kind.INDIVIDUAL,
            CustomerProtocol.Status.ACTIVE,
            null,
            Tier.GOLD,
            1,
            2,
            3,
            Bodies.TIME,
            4);
    stage.answered(CustomerById.class, customer);
    get("getCustomer", "/customers/17850");
    assertEquals(200, stage.get(Role.CUSTOMER, "/customers/17850").statusCode());
    assertEquals(404, stage.get(Role.CUSTOMER, "/customers/1").statusCode());
    stage.answered(CustomerPage.class, new Customers(List.of(customer)));
    get("listCustomers", "/customers");
    stage.done(SetStatus.class, new Registered("17850", 5), false);
    post("setCustomerStatus", "/customers/17850/status", "{'status':'BLOCKED','reason':'x'}");
    stage.done(Erase.class, new Registered("17850", 6), false);
    post("eraseCustomer", "/customers/17850/erasure", "{}");
  }

  @Test
  void the_ledger_takes_amounts_either_way() throws Exception {
    stage.done(AdjustLedger.class, new LedgerAdjusted(ID, new Money(-1106206, "GBP")), false);
    post(
        "adjustLedger",
        "/ledger/adjustments",
        "{'source':'shop','externalNumber':'A563186','amount':'-11062.06','currency':'GBP',"
            + "'description':'Adjust bad debt','bookedAt':'2011-08-12T14:51:00+01:00'}");
    assertEquals(-1_106_206, stage.command(AdjustLedger.class).amount().minor());
    assertEquals("2011-08-12T13:51:00Z", stage.command(AdjustLedger.class).bookedAt().toString());
  }

  @Test
  void payments_and_shipments_are_seen_by_their_own() throws Exception {
    stage.answered(
        PaymentOf.class,
        new Payment(ID, PaymentProtocol.Status.CAPTURED, MONEY, MONEY, Money.zero("GBP"), 2));
    stage.answered(
        ShipmentOf.class, new Shipment(ID, State.PENDING, null, null, null, null, null, 1));
    get("getPayment", "/payments/" + ID);
    get("getShipment", "/shipments/" + ID);
    stage.answered(OrderById.class, Bodies.known("another"));
    assertEquals(404, stage.get(Role.CUSTOMER, "/payments/" + ID).statusCode());
    assertEquals(404, stage.get(Role.CUSTOMER, "/shipments/" + ID).statusCode());
    stage.answered(OrderById.class, Bodies.known(GatewayStage.CUSTOMER));
    assertEquals(200, stage.get(Role.CUSTOMER, "/payments/" + ID).statusCode());
    stage.answered(
        Quotes.class, new QuoteList(List.of(new Quote("post", "next day", MONEY, 1, 97, 88.5))));
    get("quoteShipment", "/shipments/quotes?grams=500&country=GB");
    assertEquals(500, stage.question(Quotes.class).grams());
  }

  @Test
  void a_person_decides_about_held_orders() throws Exception {
    Assessment waiting =
        new Assessment(
            ID,
            null,
            70,
            Level.HIGH,
            Verdict.REVIEW,
            List.of(new Reason("high amount", 30)),
            null,
            null,
            Bodies.TIME);
    stage.answered(ReviewQueue.class, new Assessments(List.of(waiting)));
    String next = get("listReviews", "/fraud/reviews?limit=1").getString("next");
    get("listReviews", "/fraud/reviews?limit=1&cursor=" + next);
    assertEquals(ID, stage.question(ReviewQueue.class).after());
    stage.answered(AssessmentOf.class, waiting);
    get("getAssessment", "/fraud/assessments/" + ID);
    stage.on(
        AssessmentOf.class,
        body ->
            Future.failedFuture(
                new QueryRefused(Refusal.notFound("unknown_assessment", "There is none."))));
    assertEquals(404, stage.get(Role.MERCHANT, "/fraud/assessments/" + ID).statusCode());
    stage.done(Review.class, new Reviewed(ID, true), true);
    HttpResponse<String> reviewed =
        stage.post(Role.MERCHANT, "/fraud/reviews/" + ID, "k", "{\"approve\":true}");
    assertEquals("true", reviewed.headers().firstValue("Idempotent-Replayed").orElseThrow());
    assertEquals("development-merchant", stage.command(Review.class).by());
    stage.done(Block.class, new Blocked(FraudProtocol.Kind.EMAIL, "ab"), false);
    post("blockFraud", "/fraud/blocks", "{'kind':'EMAIL','value':'ab','reason':'x'}");
    assertEquals(null, stage.command(Block.class).until());
  }

  @Test
  void documents_that_cannot_be_read_are_kept() throws Exception {
    stage.done(RecordUnreadable.class, new UnreadableRecorded(ID), false);
    post(
        "recordUnreadable",
        "/documents/unreadable",
        "{'source':'shop','file':'a.csv','line':3,'reason':'no number'}");
    assertEquals(3, stage.command(RecordUnreadable.class).line());
  }
}
