package dev.holdfast.launcher.days;

import dev.holdfast.launcher.days.ShopClient.Answer;
import dev.holdfast.launcher.days.ShopDay.Giveback;
import dev.holdfast.launcher.days.ShopDay.Purchase;
import dev.holdfast.launcher.days.ShopDay.Story;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Lets a generated day happen: orders, reviews beside them, returns afterwards. Blocks. */
public final class DayRunner {
  /** Confirmed, not yet decided, refused: what an order may be answered. */
  private static final Set<Integer> ORDER_ANSWERS = Set.of(201, 202, 409);

  private static final int IN_FLIGHT = 32;

  private final Supplier<Optional<Door>> door;
  private final Books books;
  private final Progress progress;
  private final Map<Integer, String> ids = new ConcurrentHashMap<>();
  private final Map<String, Review> reviews = new ConcurrentHashMap<>();
  private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
  private final AtomicReference<ShopUnreachable> away = new AtomicReference<>();
  private Attempts attempts = Attempts.NONE;
  private long apartNanos;
  private Runnable opening = () -> {};
  private Duration standing = Standing.AT_MOST;
  private Duration still = Replay.STILL_AT_MOST;

  /**
   * A runner for one day.
   *
   * @param door asked before every request
   * @param books of the same platform
   */
  public DayRunner(Supplier<Optional<Door>> door, Books books, Progress progress) {
    this.door = door;
    this.books = books;
    this.progress = progress;
  }

  /** The same, its attempts heard. */
  public DayRunner heardBy(Attempts listener) {
    attempts = listener;
    return this;
  }

  /**
   * The same, no more than so many orders a second.
   *
   * @param perSecond of orders, 1 or more
   * @param open told when the first order comes
   */
  public DayRunner atMost(int perSecond, Runnable open) {
    apartNanos = Duration.ofSeconds(1).dividedBy(perSecond).toNanos();
    opening = open;
    return this;
  }

  /**
   * The same, giving up sooner.
   *
   * @param atMost how long one order may take, and how long nothing may move at the end
   */
  public DayRunner patient(Duration atMost) {
    standing = atMost;
    still = atMost;
    return this;
  }

  /**
   * The day of a seed; the same seed and number give the same day.
   *
   * @param orders 20 to 100,000
   */
  public static ShopDay day(int orders, long seed) {
    if (orders < ShopDayRules.LEAST_ORDERS || orders > ShopDayRules.MOST_ORDERS) {
      throw new DayFileException(
          "a day has %d to %d orders, got %d"
              .formatted(ShopDayRules.LEAST_ORDERS, ShopDayRules.MOST_ORDERS, orders));
    }
    return ShopDayRules.of(orders, seed);
  }

  /**
   * Lets it happen, until all has settled.
   *
   * @return what went wrong; empty when nothing did
   * @throws ShopUnreachable when the platform stays away; run again, the day goes on
   */
  @SuppressWarnings("try") // the desk works beside, from its making to its closing
  public List<String> run(ShopDay day) {
    try (ShopClient shop = new ShopClient(door, ShopClient.PATIENCE, attempts)) {
      stock(shop, day);
      Map<String, Long> unsettled;
      try (ReviewDesk desk =
          new ReviewDesk(shop, id -> reviews.getOrDefault(id, Review.HOLD), progress)) {
        progress.begin("orders", day.orders().size());
        opening.run();
        each(day.orders().size(), apartNanos, at -> order(shop, day, at));
        progress.begin("returns", day.givebacks().size());
        each(day.givebacks().size(), 0, at -> giveBack(shop, day, day.givebacks().get(at)));
        shop.awaitIntents();
        unsettled = Settling.await(books, true, still, progress);
      }
      unsettled.forEach(
          (what, count) -> {
            if (count != 0) {
              troubles.add("not settled: " + count + " " + what);
            }
          });
      return List.copyOf(troubles);
    }
  }

  private void stock(ShopClient shop, ShopDay day) {
    Stocking stocking = new Stocking(shop, progress);
    stocking.products(day.products());
    stocking.opening(day.source(), day.opening());
  }

  private interface Step {
    void take(int at);
  }

  private void each(int count, long apart, Step step) {
    long begin = System.nanoTime();
    Semaphore permits = new Semaphore(IN_FLIGHT);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int at = 0; at < count; at++) {
        LockSupport.parkNanos(begin + at * apart - System.nanoTime());
        permits.acquireUninterruptibly();
        int mine = at;
        threads.execute(
            () -> {
              try {
                take(step, mine);
              } finally {
                permits.release();
              }
            });
      }
    }
    if (away.get() != null) {
      throw away.get();
    }
  }

  private void take(Step step, int at) {
    if (away.get() != null) {
      return;
    }
    try {
      step.take(at);
      progress.step();
    } catch (ShopUnreachable gone) {
      away.compareAndSet(null, gone);
    } catch (RuntimeException broken) {
      troubles.add(String.valueOf(broken));
    }
  }

  private void order(ShopClient shop, ShopDay day, int at) {
    Purchase order = day.orders().get(at);
    Answer answer = shop.post("/orders", order.number(), ShopDayRequests.order(day, order));
    String id = answer.id();
    if (id == null || !ORDER_ANSWERS.contains(answer.status())) {
      troubles.add(trouble(order.number(), answer));
      return;
    }
    ids.put(at, id);
    reviews.put(id, order.story() == Story.REJECTED ? Review.REJECT : Review.APPROVE);
  }

  private void giveBack(ShopClient shop, ShopDay day, Giveback given) {
    String order = ids.get(given.order());
    if (order == null) {
      return;
    }
    String stuck = standing(shop).await(List.of("/orders/" + order));
    if (stuck != null) {
      troubles.add(given.number() + " waited in vain for " + stuck);
      return;
    }
    Answer answer =
        shop.post("/returns", given.number(), ShopDayRequests.giveback(day, given, order));
    if (answer.status() != 201 && answer.status() != 202 && answer.status() != 409) {
      troubles.add(trouble(given.number(), answer));
    } else if (!given.isRecorded() && answer.status() != 409) {
      inspect(shop, given, answer.id());
    }
  }

  private void inspect(ShopClient shop, Giveback given, String id) {
    if (!standing(shop).reaches("/returns/" + id, "APPROVED")) {
      return;
    }
    Answer answer =
        shop.post(
            "/returns/" + id + "/inspection",
            "inspection/" + given.number(),
            Map.of("condition", given.condition()));
    if (answer.status() >= 300) {
      troubles.add(trouble(given.number(), answer));
    }
  }

  private Standing standing(ShopClient shop) {
    return new Standing(shop, false, standing);
  }

  private static String trouble(String number, Answer answer) {
    return "%s was answered %d %s: %s"
        .formatted(number, answer.status(), answer.code(), answer.text("detail"));
  }

  /** Which of the day's classes are empty in the books, by name. */
  public static List<String> missing(ReconciliationReport report, Map<String, Long> faults) {
    List<String> missing = new ArrayList<>();
    Map<String, Long> refused = report.orders().refused();
    need(missing, "returns", report.returns().refunded());
    need(missing, "orders out of stock", refused.getOrDefault("out_of_stock", 0L));
    need(missing, "declined cards", refused.getOrDefault("payment_declined", 0L));
    need(
        missing,
        "fraud cases",
        Math.min(
            refused.getOrDefault("fraud_blocked", 0L), refused.getOrDefault("fraud_rejected", 0L)));
    need(
        missing,
        "partner faults",
        faults.entrySet().stream()
            .filter(fault -> !fault.getKey().equals("DECLINE"))
            .mapToLong(Map.Entry::getValue)
            .sum());
    return missing;
  }

  private static void need(List<String> missing, String what, long count) {
    if (count == 0) {
      missing.add(what);
    }
  }
}
