package dev.holdfast.agent;

import dev.holdfast.agent.Batch.Result;
import dev.holdfast.agent.Lane.Seat;
import dev.holdfast.agent.Runs.Started;
import dev.holdfast.bus.Ask;
import dev.holdfast.bus.Continuation;
import dev.holdfast.bus.ProtocolNames;
import dev.holdfast.kernel.Command;
import dev.holdfast.postgres.Tx;
import dev.holdfast.stream.Unsent;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A lane's batch and what follows it in the same transaction: the commands that its commands'
 * continuations ask of other agents of this process, each agent with its own statements, each
 * command with its own reply under its own id. A link that can't be taken, because its agent is
 * away or the command stands behind a dead letter, ends the chain there, and its asker asks it by
 * itself. Used for one transaction.
 */
final class Chain {
  private final AgentHost host;
  private final Batch<?, ?> head;
  private final boolean linking;
  private final List<Link<?, ?>> links = new ArrayList<>();
  private final List<Ask<?>> next = new ArrayList<>();
  private final Map<UUID, Continuation> starts = new HashMap<>();

  /** One agent's part of the transaction. */
  private record Link<C extends Command<?>, W>(
      AgentHost host, Seat<C, W> seat, Batch<C, W> batch, List<Result> results, long begun) {}

  /**
   * @param head the lane's own batch
   * @param linking whether anything may follow it
   */
  Chain(AgentHost host, Batch<?, ?> head, boolean linking) {
    this.host = host;
    this.head = head;
    this.linking = linking;
  }

  /** Whether something was done behind the lane's own batch. */
  boolean hasLinks() {
    return !links.isEmpty();
  }

  /** The work of the transaction; the results are those of the lane's own batch. */
  Future<List<Result>> run(Tx tx) {
    return head.run(tx)
        .compose(
            results -> {
              follow(head, results);
              return link(tx).map(linked -> results);
            });
  }

  private void follow(Batch<?, ?> batch, List<Result> results) {
    if (!linking) {
      return;
    }
    for (Result result : results) {
      if (result instanceof Result.Answered answered && !answered.answer().replayed()) {
        follower(answered).ifPresent(next::add);
      }
    }
    for (RunStart start : batch.starts()) {
      host.services()
          .runs()
          .firstAsk(start, batch.today())
          .ifPresent(
              ask -> {
                starts.put(start.runId(), ask.continuation());
                next.add(ask);
              });
    }
  }

  private static Optional<Ask<?>> follower(Result.Answered answered) {
    Continuation continuation = answered.command().ask().continuation();
    return continuation == null
        ? Optional.empty()
        : continuation.after(answered.answer().id(), answered.answer().outcome());
  }

  private Future<Void> link(Tx tx) {
    while (!next.isEmpty()) {
      List<Ask<?>> asks = takeNext();
      Optional<AgentHost> at = hostOf(asks.getFirst());
      Seat<?, ?> seat = at.map(AgentHost::seat).orElse(null);
      if (seat != null && at.get().takesMore() && isUndisturbed(at.get(), seat)) {
        List<Pending> commands = takeable(at.get(), asks);
        if (!commands.isEmpty()) {
          return link(tx, at.get(), seat, commands).compose(linked -> link(tx));
        }
      }
    }
    return Future.succeededFuture();
  }

  /** One that is held up keeps its own lane waiting, and nobody else's. */
  private static boolean isUndisturbed(AgentHost at, Seat<?, ?> seat) {
    return at.services().disturbance().heldUp(at.name(), seat.agent()).isZero();
  }

  /** All that wait for the agent of the one that is furthest behind: others may come to it yet. */
  private List<Ask<?>> takeNext() {
    Ask<?> last =
        next.stream().min(Comparator.comparingInt(ask -> ask.continuation().place())).orElseThrow();
    List<Ask<?>> asks = next.stream().filter(ask -> agentOf(ask).equals(agentOf(last))).toList();
    next.removeAll(asks);
    return asks;
  }

  private static String agentOf(Ask<?> ask) {
    return ProtocolNames.agentOf(ask.command().getClass());
  }

  private Optional<AgentHost> hostOf(Ask<?> ask) {
    return host.services()
        .hosts()
        .of(agentOf(ask))
        .filter(other -> other.services().database() == host.services().database());
  }

  /** As in a queue: no two under one key, none behind a dead letter, no more than a batch has. */
  private static List<Pending> takeable(AgentHost at, List<Ask<?>> asks) {
    List<Pending> taken = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    RowLimit rows = new RowLimit(at.batchRowsMax());
    for (Ask<?> ask : asks) {
      Pending command = new Pending(ask);
      if (rows.hasRoomFor(command)
          && !at.isTooOld(ask.id())
          && !at.parking().standsBehind(command)
          && keys.add(command.key())) {
        rows.take(command);
        taken.add(command);
      }
    }
    return taken;
  }

  private <C extends Command<?>, W> Future<Void> link(
      Tx tx, AgentHost at, Seat<C, W> seat, List<Pending> commands) {
    Batch<C, W> batch = new Batch<>(at, seat.agent(), commands, false);
    List<Result> results = new ArrayList<>();
    links.add(new Link<>(at, seat, batch, results, at.services().clock().nanoTime()));
    return batch
        .run(tx)
        .map(
            done -> {
              results.addAll(done);
              follow(batch, done);
              return null;
            });
  }

  /** The transaction is committed: those who wait for what followed are told. */
  void committed() {
    List<Started> started = new ArrayList<>(started(head));
    List<RunSignal> signals = new ArrayList<>(head.signals());
    List<Unsent> events = new ArrayList<>(head.written());
    for (Link<?, ?> link : links) {
      link.results().forEach(result -> tell(link, result));
      started.addAll(started(link.batch()));
      signals.addAll(link.batch().signals());
      events.addAll(link.batch().written());
    }
    host.services().runs().committed(started, signals);
    if (!events.isEmpty()) {
      host.services().relay().accept(events);
    }
  }

  private List<Started> started(Batch<?, ?> batch) {
    return batch.starts().stream()
        .map(start -> new Started(start, batch.today(), starts.get(start.runId())))
        .toList();
  }

  private static void tell(Link<?, ?> link, Result result) {
    Pending command = result.command();
    command.ask().continuation().taken(command.ask().id(), command.answered());
    if (command.ask().trace().isRecorded()) {
      command.answered().onComplete((done, failure) -> command.ask().trace().end(failure));
    }
    link.host().measure(command.ask(), link.begun(), command.answered());
    switch (result) {
      case Result.Answered answered -> {
        link.host().count(answered.answer());
        command.answer(answered.answer());
      }
      case Result.Outside outside -> link.host().adopt(link.seat(), outside);
    }
  }
}
