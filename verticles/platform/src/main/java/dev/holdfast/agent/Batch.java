package dev.holdfast.agent;

import dev.holdfast.agent.HttpKeyStore.Claim;
import dev.holdfast.agent.HttpKeyStore.Holder;
import dev.holdfast.agent.ReplyStore.NewReply;
import dev.holdfast.agent.ReplyStore.Recorded;
import dev.holdfast.bus.Answer;
import dev.holdfast.bus.HttpKey;
import dev.holdfast.bus.ProtocolNames;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.Disturbance;
import dev.holdfast.kernel.Event;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Tx;
import dev.holdfast.stream.Outbox;
import dev.holdfast.stream.OutboxRow;
import dev.holdfast.stream.Unsent;
import dev.holdfast.trace.Span;
import dev.holdfast.trace.Work;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction of a lane: keys, locks, known replies, decisions, writes. A value for one run of
 * one batch; a rerun makes a new one.
 *
 * @param <C> the agent's commands
 * @param <W> the agent's work
 */
final class Batch<C extends Command<?>, W> {
  /** What the transaction came to for one command. */
  sealed interface Result {
    /** The command as it came. */
    Pending command();

    /** It has its answer once the transaction is committed. */
    record Answered(Pending command, Answer<?> answer) implements Result {}

    /** A partner has to be asked once the transaction is committed. */
    record Outside(Pending command, Object request) implements Result {}
  }

  /** A decision threw: the command alone is to blame. */
  static final class Poisoned extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Pending command;

    Poisoned(Pending command, Throwable cause) {
      super(cause.toString(), cause, false, false);
      this.command = command;
    }

    Pending command() {
      return command;
    }
  }

  /**
   * A command came to its end on another node while the undo of it was being loaded: the work may
   * lack what the recorded reply tells of.
   */
  static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overtaken() {
      super("a command was recorded while its undo was loaded", null, false, false);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

  private final String agentName;
  private final Agent<C, W> agent;
  private final List<Pending> commands;
  private final boolean rerun;
  private final Instant now;
  private final LocalDate today;
  private final LocalDate oldestDay;
  private final ReplyStore replies;
  private final HttpKeyStore keys;
  private final TimerStore timers;
  private final Runs runs;
  private final Disturbance disturbance;

  private final List<Result> results = new ArrayList<>();
  private final List<NewReply> newReplies = new ArrayList<>();
  private final List<OutboxRow> events = new ArrayList<>();
  private Future<List<Unsent>> written = Future.succeededFuture(List.of());
  private final List<RunStart> starts = new ArrayList<>();
  private final List<RunSignal> signals = new ArrayList<>();
  private final List<TimerSet> timerSets = new ArrayList<>();

  /**
   * @param rerun whether the same commands were tried before, so that replies may be there
   */
  Batch(AgentHost host, Agent<C, W> agent, List<Pending> commands, boolean rerun) {
    this.agentName = host.name();
    this.agent = agent;
    this.commands = commands;
    this.rerun = rerun;
    this.now = host.services().clock().now();
    this.today = host.services().clock().today();
    this.oldestDay = host.oldestDay();
    this.replies = host.replies();
    this.keys = host.keys();
    this.timers = host.timers();
    this.runs = host.services().runs();
    this.disturbance = host.services().disturbance();
  }

  List<RunStart> starts() {
    return starts;
  }

  /** The day of what it starts and records. */
  LocalDate today() {
    return today;
  }

  List<RunSignal> signals() {
    return signals;
  }

  /** The tenants of its commands, for row level security. */
  Set<Integer> merchants() {
    return commands.stream()
        .map(command -> command.command().merchant())
        .collect(Collectors.toSet());
  }

  /** Its events with their places, once they are written. */
  List<Unsent> written() {
    return written.succeeded() ? written.result() : List.of();
  }

  /** The work of the transaction; commits to the results only if every statement succeeds. */
  Future<List<Result>> run(Tx tx) {
    // Keys first on every path, then the agent's locks, then what is recorded: a lane that had to
    // wait for another one's locks then sees that one's replies.
    Future<Map<HttpKey, Holder>> holders = keys.claim(tx, claims());
    // What is to be undone is looked up on both sides of the loading: each statement sees what was
    // committed before it, so the work has the effect of every command that was recorded first.
    Set<CommandId> undone = undone();
    Future<Map<CommandId, Recorded>> before = replies.read(tx, undone);
    Future<W> work = agent.load(tx, provisional());
    Future<Map<CommandId, Recorded>> known = replies.read(tx, idsToLookUp(undone));
    return Future.all(holders, before, work, known)
        .compose(ready -> notOvertaken(undone, before.result(), known.result()))
        .compose(ready -> withRepeatedKeys(tx, holders.result(), known.result()))
        .map(all -> decideAndSave(tx, work.result(), holders.result(), all));
  }

  private List<Claim> claims() {
    return commands.stream()
        .filter(command -> command.ask().key() != null && !command.settles())
        .map(command -> new Claim(command.ask().key(), command.ask().id()))
        .toList();
  }

  private List<Entry<C>> provisional() {
    return commands.stream().map(command -> entry(command, command.ask().id(), Map.of())).toList();
  }

  /** The commands that the batch takes back. */
  private Set<CommandId> undone() {
    return commands.stream()
        .filter(Pending::isUndo)
        .map(command -> command.ask().undoes())
        .collect(Collectors.toSet());
  }

  private static Future<Void> notOvertaken(
      Set<CommandId> undone, Map<CommandId, Recorded> before, Map<CommandId, Recorded> known) {
    return undone.stream().anyMatch(id -> known.containsKey(id) && !before.containsKey(id))
        ? Future.failedFuture(new Overtaken())
        : Future.succeededFuture();
  }

  private Set<CommandId> idsToLookUp(Set<CommandId> undone) {
    Set<CommandId> ids = new HashSet<>(undone);
    // A first pass that asks a partner writes no reply, so nothing else would find that it was
    // recorded already. One that comes back does: its reply can't be written twice, and the rerun
    // finds what is recorded.
    for (Pending command : commands) {
      boolean asksPartner = agent.asksPartners() && !command.settles();
      if (rerun || asksPartner || command.ask().again() || command.isUndo()) {
        ids.add(command.ask().id());
      }
    }
    return ids;
  }

  /** A key that was there before names the id whose reply is looked up. */
  private Future<Map<CommandId, Recorded>> withRepeatedKeys(
      Tx tx, Map<HttpKey, Holder> holders, Map<CommandId, Recorded> known) {
    List<CommandId> repeated =
        holders.values().stream().filter(Holder::known).map(Holder::id).toList();
    if (repeated.isEmpty()) {
      return Future.succeededFuture(known);
    }
    return replies.read(tx, repeated).map(more -> merged(known, more));
  }

  private static Map<CommandId, Recorded> merged(
      Map<CommandId, Recorded> known, Map<CommandId, Recorded> more) {
    Map<CommandId, Recorded> all = new HashMap<>(known);
    all.putAll(more);
    return all;
  }

  private List<Result> decideAndSave(
      Tx tx, W work, Map<HttpKey, Holder> holders, Map<CommandId, Recorded> known) {
    for (Pending command : commands) {
      HttpKey key = command.settles() ? null : command.ask().key();
      Holder holder = key == null ? null : holders.get(key);
      if (holder != null && !holder.fingerprint().equals(key.fingerprint())) {
        results.add(refuse(command, holder.id(), HttpKey.reused()));
      } else if (isExpired(holder, known)) {
        results.add(refuse(command, holder.id(), keyExpired()));
      } else {
        decide(work, command, holder == null ? command.ask().id() : holder.id(), known);
      }
    }
    agent.save(tx, work);
    written = Outbox.append(tx, events);
    runs.insert(tx, starts, now, today);
    runs.signal(tx, signals, now);
    timers.write(tx, agentName, timerSets, today);
    replies.write(tx, agentName, newReplies);
    return results;
  }

  /** Whoever came first under the key did so before the days whose replies are kept. */
  private boolean isExpired(Holder holder, Map<CommandId, Recorded> known) {
    return holder != null
        && holder.known()
        && !holder.id().issuedOn().isAfter(oldestDay)
        && !known.containsKey(holder.id());
  }

  private void decide(W work, Pending command, CommandId id, Map<CommandId, Recorded> known) {
    try {
      Recorded recorded = known.get(id);
      if (recorded != null && !command.settles()) {
        Outcome<?> outcome = recorded.outcome(command.command().getClass(), agentName);
        results.add(new Result.Answered(command, new Answer<>(id, outcome, true)));
        return;
      }
      disturbance.deciding(agentName, id);
      Entry<C> entry = entry(command, id, known);
      Decision decision = working(command).call(() -> decided(work, entry));
      collect(decision, command, id);
      if (decision.outcome() == null) {
        requireAsksPartners();
        results.add(new Result.Outside(command, decision.outside()));
        return;
      }
      voidForward(command, known);
      // A command that was taken back while its partner was asked keeps its recorded outcome.
      Outcome<?> outcome =
          recorded == null
              ? record(id, decision.outcome())
              : recorded.outcome(command.command().getClass(), agentName);
      results.add(new Result.Answered(command, new Answer<>(id, outcome, recorded != null)));
    } catch (RuntimeException | StackOverflowError | AssertionError bug) {
      throw new Poisoned(command, bug);
    }
  }

  /** As the agent decides; seen by whoever turned its log up. */
  private Decision decided(W work, Entry<C> entry) {
    Decision decision = agent.decide(work, entry);
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "{} {}: {}",
          ProtocolNames.typeOf(entry.command().getClass()),
          entry.id().value(),
          decision.outcome() == null ? "asks a partner" : Pending.word(decision.outcome()));
    }
    return decision;
  }

  private Work working(Pending command) {
    return Work.of(agentName, command.span(), command.key());
  }

  private void requireAsksPartners() {
    if (!agent.asksPartners()) {
      throw new IllegalStateException(agentName + " asks partners and does not say so");
    }
  }

  private Outcome<?> record(CommandId id, Outcome<?> outcome) {
    newReplies.add(new NewReply(id, outcome));
    return outcome;
  }

  /** A forward command that comes after its undo finds that it was taken back. */
  private void voidForward(Pending command, Map<CommandId, Recorded> known) {
    if (command.isUndo() && !known.containsKey(command.ask().undoes())) {
      record(command.ask().undoes(), Outcome.rejected(Refusal.voided()));
    }
  }

  private void collect(Decision decision, Pending command, CommandId id) {
    int number = command.settles() ? 1_000 : 0;
    for (Event event : decision.events()) {
      events.add(outboxRow(event, id, number++, command.span()));
    }
    addStarts(decision.runs(), command.span());
    signals.addAll(decision.signals());
    timerSets.addAll(decision.timers());
  }

  private void addStarts(List<RunStart> runs, Span span) {
    if (span.isRecorded()) {
      runs.forEach(run -> starts.add(run.within(span)));
    } else {
      starts.addAll(runs);
    }
  }

  private OutboxRow outboxRow(Event event, CommandId cause, int number, Span span) {
    return new OutboxRow(
        event.merchant(),
        ProtocolNames.topicOf(event.getClass()),
        event.aggregate(),
        event.version(),
        DerivedId.within(cause.value(), "event", number),
        ProtocolNames.typeOf(event.getClass()),
        now,
        cause.value(),
        RecordJson.write(event),
        span.traceparent());
  }

  @SuppressWarnings("unchecked")
  private Entry<C> entry(Pending command, CommandId id, Map<CommandId, Recorded> known) {
    CommandId undoes = command.ask().undoes();
    Recorded forward = undoes == null ? null : known.get(undoes);
    return new Entry<>(
        id,
        (C) command.command(),
        now,
        undoes,
        forward == null ? null : forward.asText(),
        command.partnerAnswer());
  }

  private static Result refuse(Pending command, CommandId id, Refusal why) {
    return new Result.Answered(command, new Answer<>(id, Outcome.rejected(why), false));
  }

  static Refusal keyExpired() {
    return Refusal.conflict("key_expired", "The command is older than replies are kept.");
  }
}
