package dev.holdfast.recovery;

import dev.holdfast.kernel.Clock;
import dev.holdfast.recovery.Notice.Severity;
import dev.holdfast.recovery.Reacted.Outcome;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.telemetry.ReactionMeters;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reacts to signs of trouble, once a second: one reaction at a time to a target, each with a
 * deadline for its action and for its proof, and taken back when it did not help. Remembers the
 * last hundred that ended.
 */
public final class Reactions extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(Reactions.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int REMEMBERED = 100;

  private final List<Reaction> reactions;
  private final Map<ReactionName, ReactionPolicy> policies;
  private final Notices notices;
  private final Clock clock;
  private final Map<ReactionName, ReactionMeters> meters = new EnumMap<>(ReactionName.class);
  private final Map<String, Open> open = new HashMap<>();
  private final Map<String, Long> notBefore = new HashMap<>();
  private final Deque<Reacted> ended = new ArrayDeque<>();
  private volatile List<Reacted> known = List.of();

  /** One under way. */
  private static final class Open {
    private final Reaction reaction;
    private final long begunAt;
    private Reacted record;
    private boolean acted;
    private boolean takenBack;

    Open(Reaction reaction, long begunAt, Reacted record) {
      this.reaction = reaction;
      this.begunAt = begunAt;
      this.record = record;
    }
  }

  /**
   * @param policies one for each reaction's name
   */
  public Reactions(
      List<Reaction> reactions,
      Map<ReactionName, ReactionPolicy> policies,
      Notices notices,
      Meters meters,
      Clock clock) {
    this.reactions = List.copyOf(reactions);
    this.policies = new EnumMap<>(policies);
    this.notices = notices;
    this.clock = clock;
    for (Reaction reaction : reactions) {
      if (!policies.containsKey(reaction.name())) {
        throw new IllegalArgumentException("no policy for " + reaction.name().label());
      }
      String name = reaction.name().name().toLowerCase(Locale.ROOT);
      this.meters.put(reaction.name(), meters.reaction(name));
    }
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(EVERY.toMillis(), tick -> look());
    return Future.succeededFuture();
  }

  /** Those under way and the last hundred that ended, the oldest first. Any thread. */
  public List<Reacted> known() {
    return known;
  }

  /** Looks now; otherwise it does so by itself. */
  void look() {
    long now = clock.nanoTime();
    reactions.forEach(Reaction::look);
    List.copyOf(open.entrySet()).forEach(entry -> follow(entry.getKey(), entry.getValue(), now));
    for (Reaction reaction : reactions) {
      for (String target : reaction.targets()) {
        if (!open.containsKey(target) && mayBegin(reaction, target, now)) {
          reaction.trigger(target).ifPresent(seen -> begin(reaction, target, seen, now));
        }
      }
    }
    publish();
  }

  private boolean mayBegin(Reaction reaction, String target, long now) {
    Long since = notBefore.get(key(reaction.name(), target));
    return since == null || now - since >= 0;
  }

  private static String key(ReactionName name, String target) {
    return name + " " + target;
  }

  private void begin(Reaction reaction, String target, String seen, long now) {
    if (reaction.refusal(target).isPresent()) {
      return;
    }
    Open one = new Open(reaction, now, Reacted.to(reaction.name(), target, seen, clock.now()));
    open.put(target, one);
    LOG.warn("{} of {}: {}", reaction.name().label(), target, seen);
    notices.tell(new Notice(Severity.WARNING, target, reaction.name().label(), seen));
    reaction.act(target).onComplete(did -> context.runOnContext(here -> acted(one, did)));
  }

  private void acted(Open one, AsyncResult<String> did) {
    one.acted = did.succeeded();
    one.record = one.record.acted(did.succeeded() ? did.result() : String.valueOf(did.cause()));
    publish();
  }

  private void follow(String target, Open one, long now) {
    ReactionPolicy policy = policies.get(one.reaction.name());
    long since = now - one.begunAt;
    if (one.acted && !one.takenBack && one.reaction.isProven(target)) {
      end(target, one, Outcome.PROVEN, now);
    } else if (one.takenBack) {
      end(target, one, Outcome.UNPROVEN, now);
    } else if (since >= (one.acted ? policy.proofWithin() : policy.actWithin()).toNanos()) {
      one.takenBack = true;
      one.reaction
          .takeBack(target)
          .onComplete(did -> context.runOnContext(here -> acted(one, did)));
    }
  }

  private void end(String target, Open one, Outcome how, long now) {
    open.remove(target);
    ReactionPolicy policy = policies.get(one.reaction.name());
    notBefore.put(key(one.reaction.name(), target), now + policy.cooldown().toNanos());
    Instant at = clock.now();
    ended.addLast(one.record.ended(how, at));
    count(one.reaction.name(), how);
    if (ended.size() > REMEMBERED) {
      ended.removeFirst();
    }
    LOG.info("{} of {} ended: {}", one.reaction.name().label(), target, how);
  }

  private void count(ReactionName name, Outcome how) {
    switch (how) {
      case PROVEN -> meters.get(name).proven();
      case UNPROVEN -> meters.get(name).unproven();
      case OPEN -> throw new IllegalStateException(name.label() + " ends as open");
    }
  }

  private void publish() {
    known = Stream.concat(ended.stream(), open.values().stream().map(one -> one.record)).toList();
  }
}
