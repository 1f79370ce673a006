package dev.holdfast.launcher.days;

import dev.holdfast.commerce.shared.Units;
import java.time.Instant;
import java.util.List;

/**
 * A generated day of a shop.
 *
 * @param source what it is called in the books; another seed or size is another day
 * @param products that must be there
 * @param opening what must lie on the shelves
 * @param orders in the order in which they come
 * @param givebacks what is given back once its order has settled
 */
public record ShopDay(
    String source,
    List<Catalogue.Product> products,
    List<Units> opening,
    List<Purchase> orders,
    List<Giveback> givebacks) {

  /** What an order is there for. */
  public enum Story {
    /** Nothing special. */
    PLAIN,
    /** More is asked for than there is. */
    SCARCE,
    /** The card is declined. */
    DECLINED,
    /** Suspicious enough for a person to look, who lets it through. */
    REVIEWED,
    /** Suspicious enough for a person to look, who refuses it. */
    REJECTED,
    /** Too suspicious. */
    BLOCKED,
    /** The payment provider does something wrong. */
    FAULTY
  }

  /**
   * An order.
   *
   * @param customer or null for a guest
   * @param email of a guest, or null
   * @param billing country of who pays
   * @param shipping country of where it goes
   * @param payment the provider's token
   * @param isBadAddress whether the caller's address has a bad name
   */
  public record Purchase(
      String number,
      Story story,
      String customer,
      String email,
      Instant at,
      List<Units> lines,
      String billing,
      String shipping,
      String payment,
      boolean isBadAddress) {}

  /**
   * A return.
   *
   * @param order which of the day's orders, by its place
   * @param sku what comes back
   * @param units how many of it
   * @param reason of the API's reasons
   * @param isRecorded whether it is taken as recorded, without window, fee or inspection
   * @param condition how it is found, where it is inspected
   */
  public record Giveback(
      String number,
      int order,
      String sku,
      long units,
      Instant at,
      String reason,
      boolean isRecorded,
      String condition) {}

  public ShopDay {
    products = List.copyOf(products);
    opening = List.copyOf(opening);
    orders = List.copyOf(orders);
    givebacks = List.copyOf(givebacks);
  }
}
