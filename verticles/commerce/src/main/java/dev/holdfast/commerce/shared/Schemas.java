package dev.holdfast.commerce.shared;

import java.util.List;

/** Where the migrations of a shop's database lie: the platform's, then each agent's own schema. */
public final class Schemas {
  /** Folders on the class path, in the order in which they are applied. */
  public static final List<String> LOCATIONS =
      List.of(
          "db/holdfast",
          "db/order",
          "db/customer",
          "db/product",
          "db/inventory",
          "db/payment",
          "db/fraud",
          "db/transport",
          "db/aftersales");

  private Schemas() {}
}
