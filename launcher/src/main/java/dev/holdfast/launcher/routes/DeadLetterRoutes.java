package dev.holdfast.launcher.routes;

import static dev.holdfast.launcher.routes.ManagementRoutes.get;
import static dev.holdfast.launcher.routes.ManagementRoutes.post;

import dev.holdfast.bus.RecordJson;
import dev.holdfast.deadletter.Act;
import dev.holdfast.deadletter.DeadLetter;
import dev.holdfast.deadletter.DeadLetterStore;
import dev.holdfast.deadletter.DeadLetterStore.Filter;
import dev.holdfast.deadletter.LetterInquiry.Inspected;
import dev.holdfast.deadletter.LetterReplays;
import dev.holdfast.deadletter.LetterReplays.Started;
import dev.holdfast.deadletter.ParkedLetter;
import dev.holdfast.deadletter.ParkedLetter.Closing;
import dev.holdfast.deadletter.ReplayOffers.Offer;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.launcher.letters.LetterDesk;
import dev.holdfast.launcher.platform.Platform;
import dev.holdfast.web.Caller;
import dev.holdfast.web.HttpLimits;
import dev.holdfast.web.JsonBody;
import dev.holdfast.web.Problem;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What administrators see of dead letters and do about them. The payloads hold what customers said:
 * they are answered to whoever has an administrator's token, and go into no log.
 */
final class DeadLetterRoutes {
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  /** Many letters take longer than one. */
  private static final Duration MANY = Duration.ofSeconds(30);

  private static final int PAGE = 100;
  private static final String[] SELECTION = {"agent", "key", "fingerprint", "from", "until"};

  private final LetterDesk desk;
  private final DeadLetterStore store;
  private final Clock clock;

  DeadLetterRoutes(Platform platform) {
    this.desk = platform.letterDesk();
    this.store = new DeadLetterStore(platform.databases().queries());
    this.clock = platform.clock();
  }

  void on(Router router) {
    get(router, "/dead-letters", this::page);
    get(router, "/dead-letters/causes", this::causes);
    get(router, "/dead-letters/offers", context -> Future.succeededFuture(desk.offers().all()));
    get(router, "/dead-letters/figures", context -> desk.inquiry().figures(deadline()));
    get(router, "/dead-letters/dry-run", this::dryRun);
    post(router, "/dead-letters/discard", this::discardMany);
    get(router, "/dead-letters/replays", this::replays);
    post(router, "/dead-letters/replays", this::start);
    get(router, "/dead-letters/replays/:number", this::progress);
    post(router, "/dead-letters/replays/:number/cancel", this::cancel);
    get(router, "/dead-letters/:number", this::inspect);
    get(router, "/dead-letters/:number/dry-run", this::dryRunOne);
    post(router, "/dead-letters/:number/replay", this::replay);
    post(router, "/dead-letters/:number/discard", this::discard);
    router
        .put("/dead-letters/:number/payload")
        .handler(HttpLimits.DEFAULTS.bodies())
        .handler(new JsonBody(HttpLimits.DEFAULTS.json()).reader())
        .handler(context -> ManagementRoutes.respond(context, this::edit));
  }

  private Deadline deadline() {
    return Deadline.in(DEADLINE, clock);
  }

  private static String who(RoutingContext context) {
    return Caller.of(context).subject();
  }

  private static <T> T orProblem(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T> done -> done.reply();
      case Outcome.Rejected<T> rejected -> throw Problem.of(rejected.why()).asException();
    };
  }

  /** A letter in a list, with the hint that its cause may be gone. */
  private record Listed(
      long number,
      DeadLetter letter,
      Instant closedAt,
      Closing closedAs,
      String note,
      Optional<Offer> replayable) {}

  private Listed listed(ParkedLetter parked) {
    return new Listed(
        parked.number(),
        parked.letter(),
        parked.closedAt(),
        parked.closedAs(),
        parked.note(),
        desk.offers().of(parked));
  }

  private Future<?> page(RoutingContext context) {
    LetterRequest asked =
        new LetterRequest(context, "agent", "kind", "key", "fingerprint", "closed", "after");
    Filter filter =
        new Filter(
            asked.text("agent"),
            asked.kind(),
            asked.text("key"),
            asked.text("fingerprint"),
            !asked.flag("closed"));
    return store
        .page(filter, asked.whole("after", 0, 0, Long.MAX_VALUE), PAGE, deadline())
        .map(letters -> letters.stream().map(this::listed).toList());
  }

  private Future<?> causes(RoutingContext context) {
    return desk.inquiry().causes(new LetterRequest(context, "agent").text("agent"), deadline());
  }

  /** All that is known of a letter. */
  private record Shown(
      Listed parked,
      Map<String, String> headers,
      Object payload,
      Optional<Object> original,
      boolean answered,
      List<Act> acts) {}

  private Future<?> inspect(RoutingContext context) {
    long number = new LetterRequest(context).number();
    return desk.inquiry()
        .inspect(number, deadline())
        .map(
            found ->
                found
                    .map(this::shown)
                    .orElseThrow(
                        () ->
                            Problem.of(404, "unknown_dead_letter", "There is no such letter.")
                                .asException()));
  }

  private Shown shown(Inspected seen) {
    return new Shown(
        listed(seen.parked()),
        seen.contents().headers(),
        readable(seen.contents().payload()),
        seen.original().map(DeadLetterRoutes::readable),
        seen.answered(),
        seen.acts());
  }

  /** As JSON when it is some, else as the text that it is. */
  private static Object readable(String payload) {
    try {
      return RecordJson.read(payload, Object.class);
    } catch (IllegalArgumentException noJson) {
      return payload;
    }
  }

  private Future<?> edit(RoutingContext context) {
    long number = new LetterRequest(context).number();
    return desk.edits()
        .edit(number, context.body().asString(), who(context), deadline())
        .map(outcome -> Map.of("edited", orProblem(outcome)));
  }

  private Future<?> dryRun(RoutingContext context) {
    return desk.inquiry().dryRun(new LetterRequest(context, SELECTION).selection(), deadline());
  }

  private Future<?> dryRunOne(RoutingContext context) {
    return desk.inquiry()
        .dryRun(new LetterRequest(context).number(), deadline())
        .map(DeadLetterRoutes::orProblem);
  }

  private Future<?> replay(RoutingContext context) {
    return desk.letters()
        .replay(new LetterRequest(context).number(), who(context), deadline())
        .map(outcome -> Map.of("closed", orProblem(outcome)));
  }

  private Future<?> discard(RoutingContext context) {
    LetterRequest asked = new LetterRequest(context, "reason");
    return desk.letters()
        .discard(asked.number(), asked.reason(), who(context), deadline())
        .map(outcome -> Map.of("closed", orProblem(outcome)));
  }

  private Future<?> discardMany(RoutingContext context) {
    LetterRequest asked =
        new LetterRequest(context, "agent", "key", "fingerprint", "from", "until", "reason");
    return desk.discards()
        .discard(asked.narrowSelection(), asked.reason(), who(context), Deadline.in(MANY, clock));
  }

  private Future<?> start(RoutingContext context) {
    LetterRequest asked =
        new LetterRequest(context, "agent", "key", "fingerprint", "from", "until", "rate");
    long rate = asked.whole("rate", LetterReplays.RATE_SHIPPED, 1, LetterReplays.RATE_MAX);
    return desk.replays()
        .start(asked.selection(), Math.toIntExact(rate), who(context), deadline())
        .map(DeadLetterRoutes::orProblem)
        .map(Started::replay);
  }

  private Future<?> replays(RoutingContext context) {
    return desk.replays().page(new LetterRequest(context, "agent").text("agent"), deadline());
  }

  private Future<?> progress(RoutingContext context) {
    long number = new LetterRequest(context).number();
    return desk.replays()
        .find(number, deadline())
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        Problem.of(404, "unknown_replay", "There is no such replay.")
                            .asException()));
  }

  private Future<?> cancel(RoutingContext context) {
    return desk.replays()
        .cancel(new LetterRequest(context).number(), who(context), deadline())
        .map(DeadLetterRoutes::orProblem);
  }

  /** Sets a run going that lies among the letters; false when it needs nobody. */
  Future<Boolean> resume(UUID run, boolean forward, String who) {
    return store
        .findOpen(run, deadline())
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(false)
                    : resume(found.get().number(), forward, who).map(done -> true));
  }

  private Future<Closing> resume(long letter, boolean forward, String who) {
    return (forward
            ? desk.letters().replay(letter, who, deadline())
            : desk.letters().discard(letter, "turned back by hand", who, deadline()))
        .map(DeadLetterRoutes::orProblem);
  }
}
