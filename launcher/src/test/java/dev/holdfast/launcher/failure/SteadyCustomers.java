package dev.holdfast.launcher.failure;

import dev.holdfast.launcher.failure.Shopfront.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

/** Customers who come at a fixed rate, whatever becomes of those before them; one unit each. */
final class SteadyCustomers {
  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int OK_BELOW = 300;

  private final Shopfront shop;
  private final String sku;
  private final int aSecond;
  private int number;

  SteadyCustomers(Shopfront shop, String sku, int aSecond) {
    this.shop = shop;
    this.sku = sku;
    this.aSecond = aSecond;
  }

  /**
   * What customers of a time were told.
   *
   * @param asked how many came
   * @param troubles what those were told who did not get what they wanted
   * @param took how long the others waited for their answers, shortest first
   */
  record Served(int asked, List<String> troubles, List<Duration> took) {
    double success() {
      return (double) took.size() / asked;
    }

    Duration p99() {
      return took.get((int) (took.size() * 0.99));
    }
  }

  /** Lets them come for that long, and waits for all their answers. */
  Served serve(Duration time) throws InterruptedException {
    List<CompletableFuture<Told>> answers = new ArrayList<>();
    long begin = System.nanoTime();
    int most = (int) (time.toMillis() * aSecond / 1_000);
    for (int come = 0; come < most; come++) {
      long due = begin + come * SECOND_NANOS / aSecond;
      while (System.nanoTime() - due < 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      String customer = "steady-" + ++number;
      answers.add(shop.place(customer, Shopfront.order(customer, sku, 1)));
    }
    List<String> troubles = new ArrayList<>();
    List<Duration> took = new ArrayList<>();
    for (CompletableFuture<Told> answer : answers) {
      try {
        Told told = answer.get();
        if (told.status() < OK_BELOW) {
          took.add(told.took());
        } else {
          troubles.add(told.status() + " " + told.body().encode());
        }
      } catch (ExecutionException failed) {
        troubles.add(failed.getCause().toString());
      }
    }
    took.sort(Comparator.naturalOrder());
    return new Served(answers.size(), troubles, took);
  }

  /** How many came in all. */
  int number() {
    return number;
  }
}
