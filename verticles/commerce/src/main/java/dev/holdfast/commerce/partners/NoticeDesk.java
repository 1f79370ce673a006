package dev.holdfast.commerce.partners;

import dev.holdfast.commerce.partners.SimulatorStore.Happened;
import dev.holdfast.commerce.partners.SimulatorStore.HeldUp;
import dev.holdfast.commerce.partners.SimulatorStore.Untold;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
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
 * Reads both from the database, so that nothing of them is lost with the process. While there is
 * neither, it asks nothing.
 */
final class NoticeDesk {
  private static final int AT_ONCE = 256;
  private static final long TICK_MS = 100;
  private static final long AGAIN_MS = 1_000;
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
  private volatile Function<String, Future<?>> teller;
  private Function<HeldUp, Future<?>> admission;
  private boolean looking;
  private boolean more = true;
  private boolean woken;
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
    this.told = new GroupCommit<>("the partner's notices", context, this::forget);
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
  void committed(List<Untold> notices, boolean heldUp) {
    context.runOnContext(
        ignored -> {
          List<Untold> due = teller == null ? List.of() : due(notices);
          due.forEach(this::tell);
          more |= heldUp || due.size() < notices.size();
        });
  }

  private List<Untold> due(List<Untold> notices) {
    Instant now = clock.now();
    return notices.stream().filter(notice -> !notice.dueAt().isAfter(now)).toList();
  }

  private void wake() {
    context.runOnContext(
        ignored -> {
          more = true;
          woken = true;
          look();
        });
  }

  private void look() {
    if (looking || !more || timer == -1) {
      return;
    }
    looking = true;
    more = false;
    woken = false;
    Deadline deadline = Deadline.in(PATIENCE, clock);
    Future<List<Untold>> notices = store.untold(database, deadline, 2 * AT_ONCE);
    Future<List<HeldUp>> requests = store.heldUp(database, deadline, AT_ONCE);
    Future.join(notices, requests)
        .onSuccess(both -> attend(notices.result(), requests.result()))
        .onFailure(this::later)
        .onComplete(done -> looked());
  }

  private void looked() {
    looking = false;
    if (woken) {
      look();
    }
  }

  private void attend(List<Untold> notices, List<HeldUp> requests) {
    more |= !notices.isEmpty() || !requests.isEmpty();
    due(notices).forEach(this::tell);
    Instant now = clock.now();
    requests.stream().filter(request -> !request.dueAt().isAfter(now)).forEach(this::admit);
  }

  private void later(Throwable cause) {
    errors.report(agent, "reading of notices", cause);
    vertx.setTimer(AGAIN_MS, again -> more = true);
  }

  private void admit(HeldUp request) {
    String place = "late/" + request.key();
    if (underWay.add(place)) {
      admission.apply(request).onComplete(done -> underWay.remove(place));
    }
  }

  private void tell(Untold notice) {
    if (teller == null || underWay.size() >= AT_ONCE) {
      more = true;
      return;
    }
    if (!underWay.add(notice.id())) {
      return;
    }
    Future<?> heard = hear(notice);
    if (notice.fault() == Fault.DUPLICATE_NOTICE) {
      heard = heard.compose(done -> hear(notice));
    }
    // The hearer may answer from anywhere; what is under way belongs to this context alone.
    heard
        .compose(done -> told.submit(notice))
        .onComplete(end -> context.runOnContext(back -> heard(notice, end.cause())));
  }

  private void heard(Untold notice, Throwable failure) {
    if (failure == null) {
      finished(notice);
    } else {
      errors.report(agent, "telling of a notice", notice.id(), failure);
      vertx.setTimer(AGAIN_MS, again -> finished(notice));
    }
  }

  private void finished(Untold notice) {
    underWay.remove(notice.id());
    more = true;
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
