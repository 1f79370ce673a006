package dev.holdfast.commerce.product;

import dev.holdfast.agent.Agent;
import dev.holdfast.agent.AgentHost;
import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.commerce.product.CatalogueStore.Code;
import dev.holdfast.commerce.product.ProductProtocol.ChangePrice;
import dev.holdfast.commerce.product.ProductProtocol.Draft;
import dev.holdfast.commerce.product.ProductProtocol.Import;
import dev.holdfast.commerce.product.ProductProtocol.ProductBySku;
import dev.holdfast.commerce.product.ProductProtocol.ProductCommand;
import dev.holdfast.commerce.product.ProductProtocol.ProductPage;
import dev.holdfast.commerce.product.ProductProtocol.ProductQuery;
import dev.holdfast.commerce.product.ProductProtocol.ProductsBySku;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Query;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Keeps the catalogue and every price a product ever had. */
public final class ProductAgent extends Agent<ProductCommand<?>, Catalogue> {
  private final CatalogueStore store = new CatalogueStore();
  private final ProductViewStore views;

  /**
   * @param queries where questions are answered from
   */
  public ProductAgent(AgentHost host, Database queries) {
    super(host);
    this.views = new ProductViewStore(queries);
  }

  /** Locks the merchants that import, then products in the order of their keys. */
  @Override
  protected Future<Catalogue> load(Tx tx, List<Entry<ProductCommand<?>>> batch) {
    Catalogue catalogue = new Catalogue(batch.getFirst().now());
    Set<Integer> importing = new TreeSet<>();
    Set<Code> codes = new LinkedHashSet<>();
    for (Entry<ProductCommand<?>> entry : batch) {
      switch (entry.command()) {
        case Import asked -> {
          importing.add(asked.merchant());
          asked.products().forEach(draft -> codes.add(code(asked, draft)));
        }
        case ChangePrice asked -> codes.add(new Code(asked.merchant(), asked.sku()));
      }
    }
    List<Future<?>> sent = new ArrayList<>();
    if (!importing.isEmpty()) {
      sent.add(store.lockImports(tx, importing));
    }
    sent.add(store.lock(tx, codes, catalogue));
    return Future.all(sent).map(catalogue);
  }

  private static Code code(Import asked, Draft draft) {
    return new Code(asked.merchant(), draft.sku());
  }

  @Override
  protected Decision decide(Catalogue catalogue, Entry<ProductCommand<?>> entry) {
    return switch (entry.command()) {
      case Import asked -> CatalogueRules.take(catalogue, asked);
      case ChangePrice asked -> CatalogueRules.changePrice(catalogue, asked);
    };
  }

  @Override
  protected void save(Tx tx, Catalogue catalogue) {
    store.insert(tx, catalogue.newItems(), catalogue.now());
    store.update(tx, catalogue.changedItems());
    store.append(tx, catalogue.newPrices(), catalogue.now());
  }

  @Override
  protected Future<?> answer(Query<?> query, Deadline deadline) {
    return switch ((ProductQuery<?>) query) {
      case ProductBySku asked -> views.one(deadline, asked.merchant(), asked.sku());
      case ProductsBySku asked -> views.several(deadline, asked.merchant(), asked.skus());
      case ProductPage asked ->
          views.page(deadline, asked.merchant(), asked.after(), asked.limit());
    };
  }
}
