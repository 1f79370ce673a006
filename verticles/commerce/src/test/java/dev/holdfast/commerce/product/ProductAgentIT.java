package dev.holdfast.commerce.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.Decision;
import dev.holdfast.bus.QueryRefused;
import dev.holdfast.commerce.product.ProductProtocol.ChangePrice;
import dev.holdfast.commerce.product.ProductProtocol.Draft;
import dev.holdfast.commerce.product.ProductProtocol.Import;
import dev.holdfast.commerce.product.ProductProtocol.Imported;
import dev.holdfast.commerce.product.ProductProtocol.PastPrice;
import dev.holdfast.commerce.product.ProductProtocol.PriceChanged;
import dev.holdfast.commerce.product.ProductProtocol.Product;
import dev.holdfast.commerce.product.ProductProtocol.ProductBySku;
import dev.holdfast.commerce.product.ProductProtocol.ProductCommand;
import dev.holdfast.commerce.product.ProductProtocol.ProductCreated;
import dev.holdfast.commerce.product.ProductProtocol.ProductPage;
import dev.holdfast.commerce.product.ProductProtocol.ProductPriceChanged;
import dev.holdfast.commerce.product.ProductProtocol.Products;
import dev.holdfast.commerce.product.ProductProtocol.ProductsBySku;
import dev.holdfast.commerce.testing.AgentDatabase;
import dev.holdfast.testing.AgentDriver;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class ProductAgentIT {
  private static AgentDatabase database;
  private static AgentDriver<ProductCommand<?>, Catalogue> products;
  private static int merchant;

  @BeforeAll
  static void open(TestDatabase empty) {
    database = new AgentDatabase(empty, "product");
    products = new AgentDriver<>(new ProductAgent(null, database.database()), database.database());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  /** Each test is a merchant of its own. */
  @BeforeEach
  void anotherMerchant() {
    merchant++;
  }

  @Test
  void an_import_creates_what_is_not_there_and_leaves_the_rest_alone() {
    take(draft("85123A", "T-LIGHT HOLDER", "2.55"));
    Import both = batch(draft("85123A", "ANOTHER NAME", "9.99"), draft("POST", "POSTAGE", "18.00"));
    Decision decision = products.ask(both);
    assertEquals(new Imported(both.booking(), 1, 1), decision.outcome().orThrow());
    assertEquals(List.of(new ProductCreated(merchant, "POST", 1)), decision.events());
    Product kept = product("85123A");
    assertEquals("T-LIGHT HOLDER", kept.name());
    assertEquals(new BigDecimal("2.55"), kept.unitPrice());
    assertTrue(kept.stocked());
    assertFalse(product("POST").stocked());
  }

  @Test
  void a_code_that_stands_twice_in_an_import_is_created_once_and_case_tells_codes_apart() {
    Import three =
        batch(
            draft("85123A", "ONE", "1"),
            draft("85123A", "TWO", "2"),
            draft("85123a", "THREE", "3"));
    assertEquals(new Imported(three.booking(), 2, 1), products.reply(Imported.class, three));
    assertEquals("ONE", product("85123A").name());
    assertEquals("THREE", product("85123a").name());
  }

  @Test
  void a_new_price_keeps_the_old_ones_in_the_history() {
    Instant then = products.now();
    take(draft("22423", "CAKESTAND", "12.75"));
    products.setNow(then.plusSeconds(60));
    Decision decision =
        products.ask(new ChangePrice(merchant, "22423", new BigDecimal("10.955"), 1L, "sale"));
    assertEquals(
        new PriceChanged("22423", 2, new BigDecimal("10.955")), decision.outcome().orThrow());
    assertEquals(
        List.of(new ProductPriceChanged(merchant, "22423", 2, new BigDecimal("10.955"), "GBP")),
        decision.events());
    Product kept = product("22423");
    assertEquals(2, kept.version());
    assertEquals(
        List.of(
            new PastPrice(new BigDecimal("10.955"), then.plusSeconds(60), "sale"),
            new PastPrice(new BigDecimal("12.75"), then, "imported")),
        kept.history());
  }

  @Test
  void a_price_change_is_refused_for_another_version_or_an_unknown_product() {
    take(draft("22423", "CAKESTAND", "12.75"));
    assertEquals("version_changed", products.refusal(price("22423", "1", 7L)));
    assertEquals("unknown_product", products.refusal(price("99999", "1", null)));
    assertEquals("invalid_product", products.refusal(price("22423", "-1", null)));
    assertEquals("invalid_product", products.refusal(price("22423", "1.00001", null)));
    assertEquals(1, product("22423").version());
  }

  @Test
  void the_present_price_again_changes_nothing() {
    take(draft("22423", "CAKESTAND", "12.75"));
    Decision decision = products.ask(price("22423", "12.7500", null));
    assertEquals(1, ((PriceChanged) decision.outcome().orThrow()).version());
    assertTrue(decision.events().isEmpty());
    assertEquals(1, product("22423").history().size());
  }

  @Test
  void an_import_and_price_changes_in_one_batch_follow_each_other() {
    products.run(
        List.of(
            products.entry(batch(draft("22423", "CAKESTAND", "12.75"))),
            products.entry(price("22423", "11", 1L)),
            products.entry(price("22423", "10", 2L))));
    Product kept = product("22423");
    assertEquals(new BigDecimal("10.00"), kept.unitPrice());
    assertEquals(3, kept.version());
    assertEquals(3, kept.history().size());
  }

  @Test
  void an_import_with_a_wrong_product_creates_none() {
    assertInvalid(draft("22423", " ", "1"));
    assertInvalid(draft("", "NAME", "1"));
    assertInvalid(new Draft("22423", "NAME", BigDecimal.ONE, "pound", null));
    assertInvalid(new Draft("22423", "NAME", BigDecimal.ONE, "GBP", 0));
    assertInvalid(new Draft("22423", "NAME", null, "GBP", null));
    assertEquals(List.of(), page(null, 10));
  }

  @Test
  void pages_go_on_behind_the_last_code_and_lists_leave_out_what_is_not_known() {
    take(draft("10003", "C", "1"), draft("10001", "A", "1"), draft("10002", "B", "1"));
    assertEquals(List.of("10001", "10002"), page(null, 2));
    assertEquals(List.of("10003"), page("10002", 2));
    Products some =
        products.answer(
            Products.class, new ProductsBySku(merchant, List.of("10003", "77777", "10001")));
    assertEquals(List.of("10001", "10003"), some.products().stream().map(Product::sku).toList());
    assertThrows(QueryRefused.class, () -> product("77777"));
  }

  @Test
  void two_lanes_that_import_the_same_products_in_two_orders_create_them_once() {
    for (int round = 0; round < 20; round++) {
      List<Draft> drafts = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        drafts.add(draft(String.valueOf(10_000 + 100 * round + i), "NAME", "1"));
      }
      Future<List<Decision>> one = start(drafts);
      Collections.reverse(drafts);
      Future<List<Decision>> other = start(drafts);
      assertEquals(100, created(one) + created(other));
    }
  }

  private static Future<List<Decision>> start(List<Draft> drafts) {
    return products.start(List.of(products.entry(batch(drafts.toArray(Draft[]::new)))));
  }

  private static int created(Future<List<Decision>> decided) {
    return ((Imported) AgentDriver.await(decided).getFirst().outcome().orThrow()).created();
  }

  private static Draft draft(String sku, String name, String price) {
    return new Draft(sku, name, new BigDecimal(price), "GBP", 250);
  }

  private static Import batch(Draft... drafts) {
    return new Import(merchant, UUID.randomUUID(), Arrays.asList(drafts));
  }

  private static void take(Draft... drafts) {
    products.ask(batch(drafts));
  }

  private static void assertInvalid(Draft draft) {
    assertEquals("invalid_product", products.refusal(batch(draft("85123A", "GOOD", "1"), draft)));
  }

  private static ChangePrice price(String sku, String price, Long expected) {
    return new ChangePrice(merchant, sku, new BigDecimal(price), expected, "test");
  }

  private static Product product(String sku) {
    return products.answer(Product.class, new ProductBySku(merchant, sku));
  }

  private static List<String> page(String after, int limit) {
    return products
        .answer(Products.class, new ProductPage(merchant, after, limit))
        .products()
        .stream()
        .map(Product::sku)
        .toList();
  }
}
