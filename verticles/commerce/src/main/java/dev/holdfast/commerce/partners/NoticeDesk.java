package dev.holdfast.commerce.partners;

import dev.holdfast.commerce.partners.SimulatorStore.Happened;
import dev.holdfast.commerce.partners.SimulatorStore.HeldUp;
import dev.holdfast.commerce.partners.SimulatorStore.Untold;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.BusyRest;
import dev.holdfast.postgres.Database;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Tells a simulated partner's notices when they are due, and lets requests in that were held up.
 * Both lie in the database, so that nothing of them is lost with the process. What is told from
 * memory and taken is not looked for there: the tables are read for what nobody has in hand, see
 * {@link NextLook}.
 */
final class NoticeDesk {
  /** So many notices wait for their hearer at the same time. */
  private static final int AT_ONCE = 256;

  /** So many are known to be under way: those, and those that were taken and not yet forgotten. */
  private static final int UNDER_WAY = 1_024;

  /** More rows than can be under way, so that a page always shows some that are not. */
  private static final int PAGE = UNDER_WAY + AT_ONCE;

  private static final int FORGOTTEN_TOGETHER = 512;

  /** Nobody waits for the forgetting: what is told twice after a crash is recognised. */
  private static final BusyRest FORGETTING = new BusyRest(1, Duration.ofMillis(100));

  private static final long TICK_MS = 100;
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String agent;
  private final ErrorReports errors;
  private final Vertx vertx;
  private final Clock clock;
  private final Context context;
  private final Database database;
  private final SimulatorStore store;
  private final GroupCommit<Untold, Boolean> told;
  private final Set<String> underWay = new HashSet<>();
  private final Set<String> arriving = new HashSet<>();
  private final NextLook next = new NextLook();
  private volatile Function<String, Future<?>> teller;
  private Function<HeldUp, Future<?>> admission;
  private int telling;
  private boolean looking;
  private long timer = -1;

  /**
   * A desk.
   *
   * @param kind of the partner, for reports
   */
  NoticeDesk(
      String kind,
      Vertx vertx,
      Clock clock,
      Context context,
      Database database,
      SimulatorStore store,
      ErrorReports errors) {
    this.agent = "simulated-" + kind;
    this.errors = errors;
    this.vertx = vertx;
    this.clock = clock;
    this.context = context;
    this.database = database;
    this.store = store;
    this.told =
        new GroupCommit<>(
            "the partner's notices", context, FORGOTTEN_TOGETHER, FORGETTING, this::forget);
  }

  /** Who takes a notice's text; it is told again until the future succeeds. */
  void teller(Function<String, Future<?>> hearer) {
    teller = hearer;
    wake();
  }

  /** Begins; what is held up goes to the given function when it is due. */
  void start(Function<HeldUp, Future<?>> admit) {
    admission = admit;
    context.runOnContext(ignored -> timer = vertx.setPeriodic(TICK_MS, tick -> look()));
  }

  void close() {
    context.runOnContext(ignored -> vertx.cancelTimer(timer));
  }

  /**
   * What was just committed. Notices that are due are told at once, without being read again; the
   * rest is found in its rows. From any context.
   */
  void committed(List<Untold> notices, List<HeldUp> requests) {
    context.runOnContext(
        ignored -> {
          take(notices);
          requests.forEach(request -> next.noLaterThan(request.dueAt()));
        });
  }

  /** Something may have been committed that nobody was told of. From any context. */
  void maybeCommitted() {
    context.runOnContext(ignored -> next.noLaterThan(clock.now().plus(AGAIN)));
  }

  /** Tells what is due; the others are found again when they are. */
  private void take(List<Untold> notices) {
    Instant now = clock.now();
    for (Untold notice : notices) {
      if (notice.dueAt().isAfter(now)) {
        next.noLaterThan(notice.dueAt());
      } else {
        tell(notice);
      }
    }
  }

  private void wake() {
    context.runOnContext(
        ignored -> {
          next.noLaterThan(clock.now());
          look();
        });
  }

  private void look() {
    Instant now = clock.now();
    if (looking || timer == -1 || !next.isDue(now)) {
      return;
    }
    looking = true;
    next.begun(now);
    Deadline deadline = Deadline.in(PATIENCE, clock);
    Future<List<Untold>> notices = store.untold(database, deadline, PAGE);
    Future<List<HeldUp>> requests = store.heldUp(database, deadline, PAGE);
    Future.join(notices, requests)
        .onSuccess(both -> attend(notices.result(), requests.result()))
        .onFailure(this::later)
        .onComplete(done -> looking = false);
  }

  /** What lies behind a full page is due no sooner than its last row. */
  private void attend(List<Untold> notices, List<HeldUp> requests) {
    take(notices);
    requests.forEach(this::admit);
    if (notices.size() == PAGE) {
      next.noLaterThan(notices.getLast().dueAt());
    }
    if (requests.size() == PAGE) {
      next.noLaterThan(requests.getLast().dueAt());
    }
  }

  private void later(Throwable cause) {
    errors.report(agent, "reading of notices", cause);
    next.noLaterThan(clock.now().plus(AGAIN));
  }

  private void admit(HeldUp request) {
    if (request.dueAt().isAfter(clock.now())) {
      next.noLaterThan(request.dueAt());
      return;
    }
    if (arriving.add(request.key())) {
      Future.succeededFuture(request)
          .compose(admission::apply)
          .onComplete(done -> admitted(request, done.cause()));
    }
  }

  private void admitted(HeldUp request, Throwable failure) {
    arriving.remove(request.key());
    if (failure != null) {
      errors.report(agent, "letting in of a request", request.key(), failure);
      next.noLaterThan(clock.now().plus(AGAIN));
    }
  }

  private void tell(Untold notice) {
    if (teller == null || telling >= AT_ONCE || underWay.size() >= UNDER_WAY) {
      next.noLaterThan(notice.dueAt());
      return;
    }
    if (!underWay.add(notice.id())) {
      return;
    }
    telling++;
    Future<?> heard = hear(notice);
    if (notice.fault() == Fault.DUPLICATE_NOTICE) {
      heard = heard.compose(done -> hear(notice));
    }
    // The hearer may answer from anywhere; what is under way belongs to this context alone.
    heard.onComplete(end -> context.runOnContext(back -> heard(notice, end.cause())));
  }

  /** Its place is free for another; its id stays known until its row is gone. */
  private void heard(Untold notice, Throwable failure) {
    telling--;
    if (failure == null) {
      told.submit(notice)
          .onSuccess(done -> underWay.remove(notice.id()))
          .onFailure(cause -> failed(notice, cause));
    } else {
      failed(notice, failure);
    }
  }

  private void failed(Untold notice, Throwable cause) {
    errors.report(agent, "telling of a notice", notice.id(), cause);
    vertx.setTimer(AGAIN.toMillis(), again -> tellAgain(notice));
  }

  private void tellAgain(Untold notice) {
    underWay.remove(notice.id());
    next.noLaterThan(notice.dueAt());
  }

  private Future<?> hear(Untold notice) {
    return Future.succeededFuture(notice.body()).compose(teller::apply);
  }

  private Future<List<Boolean>> forget(List<Untold> notices) {
    Instant now = clock.now();
    List<Happened> faults =
        notices.stream()
            .filter(notice -> notice.fault() != null)
            .map(notice -> new Happened(notice.id(), "notice", notice.fault(), now))
            .toList();
    return database.inTransaction(
        Deadline.in(PATIENCE, clock),
        tx -> {
          store.happened(tx, faults);
          return store
              .told(tx, notices.stream().map(Untold::id).toList())
              .map(done -> notices.stream().map(notice -> true).toList());
        });
  }
}
