package dev.holdfast.commerce.product;

import dev.holdfast.agent.Decision;
import dev.holdfast.commerce.product.ProductProtocol.ChangePrice;
import dev.holdfast.commerce.product.ProductProtocol.Draft;
import dev.holdfast.commerce.product.ProductProtocol.Import;
import dev.holdfast.commerce.product.ProductProtocol.Imported;
import dev.holdfast.commerce.product.ProductProtocol.PriceChanged;
import dev.holdfast.commerce.product.ProductProtocol.ProductCreated;
import dev.holdfast.commerce.product.ProductProtocol.ProductPriceChanged;
import dev.holdfast.commerce.shared.Field;
import dev.holdfast.commerce.shared.Sku;
import dev.holdfast.kernel.Event;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What may stand in the catalogue, and how it changes. */
final class CatalogueRules {
  /** The most products an import may have. */
  static final int MAX_PRODUCTS = 1_000;

  private static final int LONGEST_NAME = 500;
  private static final int MOST_DECIMALS = 4;
  private static final BigDecimal HIGHEST_PRICE = new BigDecimal("999999999");
  private static final String IMPORTED = "imported";

  private CatalogueRules() {}

  /** Creates what is not there; a code that stands twice in the import is created once. */
  static Decision take(Catalogue catalogue, Import asked) {
    Optional<Refusal> unfit = unfit(asked.products());
    if (unfit.isPresent()) {
      return Decision.rejected(unfit.get());
    }
    List<Event> events = new ArrayList<>();
    for (Draft draft : asked.products()) {
      if (catalogue.find(asked.merchant(), draft.sku()).isEmpty()) {
        Item item = Item.of(asked.merchant(), draft);
        catalogue.add(item);
        catalogue.priced(item, IMPORTED);
        events.add(new ProductCreated(asked.merchant(), draft.sku(), item.version()));
      }
    }
    int created = events.size();
    // At once, because adding a thousand events one by one copies the list as often.
    return new Decision(
        Outcome.done(new Imported(asked.booking(), created, asked.products().size() - created)),
        null,
        events,
        List.of(),
        List.of(),
        List.of());
  }

  /** A new price; the present one again changes nothing. */
  static Decision changePrice(Catalogue catalogue, ChangePrice asked) {
    Optional<Refusal> unfit = unfitPrice(asked.sku(), asked.unitPrice());
    if (unfit.isPresent()) {
      return Decision.rejected(unfit.get());
    }
    Optional<Item> found = catalogue.find(asked.merchant(), asked.sku());
    if (found.isEmpty()) {
      return Decision.rejected(
          Refusal.notFound("unknown_product", "There is no product " + asked.sku() + "."));
    }
    Item item = found.get();
    if (asked.expectedVersion() != null && asked.expectedVersion() != item.version()) {
      return Decision.rejected(
          Refusal.conflict(
              "version_changed",
              "Version "
                  + asked.expectedVersion()
                  + " was expected, it is "
                  + item.version()
                  + "."));
    }
    if (item.unitPrice().compareTo(asked.unitPrice()) == 0) {
      return Decision.done(priceOf(item));
    }
    item.price(asked.unitPrice());
    catalogue.priced(item, asked.reason());
    return Decision.done(priceOf(item))
        .tell(
            new ProductPriceChanged(
                item.merchant, item.sku, item.version(), item.unitPrice(), item.currency));
  }

  private static PriceChanged priceOf(Item item) {
    return new PriceChanged(item.sku, item.version(), item.unitPrice());
  }

  private static Optional<Refusal> unfit(List<Draft> drafts) {
    if (drafts.size() > MAX_PRODUCTS) {
      return Optional.of(
          Refusal.invalid(
              "too_many_products",
              drafts.size() + " products, at most " + MAX_PRODUCTS + " are taken."));
    }
    return drafts.stream().map(CatalogueRules::unfit).filter(Objects::nonNull).findFirst();
  }

  private static Refusal unfit(Draft draft) {
    if (draft.sku() == null || draft.sku().isBlank() || draft.sku().length() > Sku.MAX_LENGTH) {
      return invalid("A product's sku must have 1 to " + Sku.MAX_LENGTH + " characters.");
    }
    if (draft.name() == null || draft.name().isBlank() || draft.name().length() > LONGEST_NAME) {
      return invalid(draft.sku() + ": name must have 1 to " + LONGEST_NAME + " characters.");
    }
    if (draft.currency() == null || !Field.isCapitals(draft.currency(), 3)) {
      return invalid(draft.sku() + ": currency must be three capitals.");
    }
    if (draft.weightGrams() != null && draft.weightGrams() < 1) {
      return invalid(draft.sku() + ": weightGrams must be 1 or more.");
    }
    return unfitPrice(draft.sku(), draft.unitPrice()).orElse(null);
  }

  private static Optional<Refusal> unfitPrice(String sku, BigDecimal price) {
    boolean fit =
        price != null
            && price.signum() >= 0
            && price.compareTo(HIGHEST_PRICE) <= 0
            && price.stripTrailingZeros().scale() <= MOST_DECIMALS;
    return fit
        ? Optional.empty()
        : Optional.of(
            invalid(
                sku
                    + ": unitPrice must be 0 to "
                    + HIGHEST_PRICE.toPlainString()
                    + " with at most "
                    + MOST_DECIMALS
                    + " decimals."));
  }

  private static Refusal invalid(String message) {
    return Refusal.invalid("invalid_product", message);
  }
}
