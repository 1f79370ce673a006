package dev.holdfast.launcher.days;

import dev.holdfast.launcher.days.CustomerLine.Turn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Brings files to the shop by the rules of the package's page. Blocks; for one use. */
public final class ReplayRunner {
  /** What the files' retailer is called in the books. */
  public static final String SOURCE = "online-retail";

  /** Documents on their way at once. */
  static final int IN_FLIGHT = 32;

  private final ShopClient shop;
  private final Progress progress;
  private final Clerk clerk;
  private final Standing standing;
  private final Semaphore permits = new Semaphore(IN_FLIGHT);
  private final Map<String, CustomerLine> customers = new HashMap<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicReference<ShopUnreachable> away = new AtomicReference<>();

  /**
   * A runner.
   *
   * @param review whether held orders will be decided; if not they count as settled
   */
  public ReplayRunner(ShopClient shop, Review review, Progress progress) {
    this.shop = shop;
    this.progress = progress;
    this.clerk = new Clerk(shop, SOURCE);
    this.standing = new Standing(shop, review == Review.HOLD);
  }

  /**
   * Brings all files, each content once.
   *
   * @param openingShare of the opening stock, 0 or more
   * @return why documents are not in the books; unreadable ones are not named here
   * @throws ShopUnreachable when the platform stays away; run again, it goes on
   */
  public List<String> run(List<DayFile> files, BigDecimal openingShare) {
    Collection<DayFile> once = onceEach(files);
    List<Document> documents = once.stream().flatMap(file -> file.documents().stream()).toList();
    Stocking stocking = new Stocking(shop, progress);
    stocking.products(Catalogue.of(documents));
    stocking.opening(List.copyOf(once), openingShare);
    progress.begin("documents", documents.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (DayFile file : once) {
        file.documents().forEach(document -> dispatch(threads, document, file));
      }
    }
    if (away.get() != null) {
      throw away.get();
    }
    return List.copyOf(failures);
  }

  private static Collection<DayFile> onceEach(List<DayFile> files) {
    Map<String, DayFile> byContent = new LinkedHashMap<>();
    files.forEach(file -> byContent.putIfAbsent(file.digest(), file));
    return new ArrayList<>(byContent.values());
  }

  /** Those above it hold their permits already, so whoever waits for a turn will get it. */
  private void dispatch(ExecutorService threads, Document document, DayFile file) {
    permits.acquireUninterruptibly();
    CustomerLine line =
        document.customer() == null
            ? new CustomerLine()
            : customers.computeIfAbsent(document.customer(), first -> new CustomerLine());
    Turn turn = line.next();
    threads.execute(() -> bring(document, file, line, turn));
  }

  private void bring(Document document, DayFile file, CustomerLine line, Turn turn) {
    try {
      turn.before().join();
      if (away.get() == null) {
        carry(document, file, line);
        progress.step();
      }
    } catch (ShopUnreachable gone) {
      away.compareAndSet(null, gone);
    } catch (RuntimeException broken) {
      failures.add(document.number() + ": " + broken);
    } finally {
      permits.release();
      turn.done().complete(null);
    }
  }

  private void carry(Document document, DayFile file, CustomerLine line) {
    boolean isReturn = document instanceof Document.Return;
    if (isReturn && !settle(document, line)) {
      return;
    }
    Booking booking = clerk.book(document, file);
    if (booking.failure() != null) {
      failures.add(booking.failure());
    } else if (booking.path() != null) {
      line.opened(booking.path());
    }
    if (isReturn) {
      settle(document, line);
    }
  }

  private boolean settle(Document document, CustomerLine line) {
    String stuck = standing.await(line.open());
    if (stuck == null) {
      line.settled();
    } else {
      failures.add(
          "%s waited for %s, which did not settle in %d s"
              .formatted(document.number(), stuck, Standing.AT_MOST.toSeconds()));
    }
    return stuck == null;
  }
}
