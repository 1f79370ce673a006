package dev.holdfast.launcher.days;

import dev.holdfast.commerce.shared.Units;
import dev.holdfast.launcher.days.ShopClient.Answer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What must be in the shop before its first document: products, and goods on the shelves. */
final class Stocking {
  private static final String REUSED = "idempotency_key_reused";

  private final ShopClient shop;
  private final Progress progress;

  Stocking(ShopClient shop, Progress progress) {
    this.shop = shop;
    this.progress = progress;
  }

  /** Creates what is not there; a product keeps what it was first created with. */
  void products(List<Catalogue.Product> products) {
    List<List<Catalogue.Product>> parts = OpeningRules.parts(products);
    progress.begin("products", parts.size());
    for (List<Catalogue.Product> part : parts) {
      Map<String, Object> body = Requests.products(part);
      require("the products", shop.post("/products/imports", "products/" + name(part), body));
      progress.step();
    }
  }

  /** The same products, the same name. */
  private static UUID name(List<Catalogue.Product> part) {
    return UUID.nameUUIDFromBytes(part.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Books the opening stock of all files, each content once, for ever. */
  void opening(List<DayFile> files, BigDecimal share) {
    progress.begin("opening stock", files.size());
    for (DayFile file : files) {
      book(file.name(), file.digest(), OpeningRules.of(file, share));
      progress.step();
    }
  }

  /**
   * Books opening stock once, for ever.
   *
   * @param name of what it is for
   */
  void opening(String name, List<Units> units) {
    progress.begin("opening stock", 1);
    book(name, name, units);
    progress.step();
  }

  private void book(String what, String name, List<Units> units) {
    List<List<Units>> parts = OpeningRules.parts(units);
    for (int part = 0; part < parts.size(); part++) {
      String key = "opening/%s/%d".formatted(name, part + 1);
      Answer answer = shop.post("/stock/openings", key, Requests.opening(parts.get(part)));
      if (answer.code().equals(REUSED)) {
        progress.tell(what + ": its opening stock was booked before with another share");
      } else {
        require("the opening stock of " + what, answer);
      }
    }
  }

  private static void require(String what, Answer answer) {
    if (answer.status() >= 300) {
      throw new ShopUnreachable(
          "%s cannot be booked: %d %s %s"
              .formatted(what, answer.status(), answer.code(), answer.text("detail")));
    }
  }
}
