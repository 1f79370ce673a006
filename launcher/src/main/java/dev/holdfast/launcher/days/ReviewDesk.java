package dev.holdfast.launcher.days;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.launcher.days.ShopClient.Answer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * The person who decides about held orders while days are brought to the shop: looks at the queue
 * twice a second, on a thread of its own, until it is closed.
 */
final class ReviewDesk implements AutoCloseable {
  private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

  private final ShopClient shop;
  private final Function<String, Review> decision;
  private final Progress progress;
  private final Set<String> decided = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean isOpen = true;

  /**
   * Opens it.
   *
   * @param decision what to do about an order, by its id
   */
  ReviewDesk(ShopClient shop, Function<String, Review> decision, Progress progress) {
    this.shop = shop;
    this.decision = decision;
    this.progress = progress;
    this.thread = Thread.ofVirtual().name("review-desk").start(this::work);
  }

  private void work() {
    while (isOpen) {
      try {
        look();
      } catch (ShopUnreachable gone) {
        progress.tell("reviews wait: " + gone.getMessage());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void look() {
    String cursor = "";
    do {
      Answer page = shop.get("/fraud/reviews?limit=100" + cursor);
      for (JsonNode held : page.body().path("items")) {
        decide(held.path("order").asText());
      }
      String next = page.text("next");
      cursor = next.isEmpty() ? null : "&cursor=" + next;
    } while (cursor != null && isOpen);
  }

  private void decide(String order) {
    Review review = decision.apply(order);
    if (review == Review.HOLD || !decided.add(order)) {
      return;
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("approve", review == Review.APPROVE);
    Answer answer = shop.post("/fraud/reviews/" + order, "review/" + order, body);
    if (answer.status() >= 300) {
      decided.remove(order);
    }
  }

  @Override
  public void close() {
    isOpen = false;
    LockSupport.unpark(thread);
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
