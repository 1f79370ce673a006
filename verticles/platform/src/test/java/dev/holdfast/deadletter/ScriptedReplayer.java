package dev.holdfast.deadletter;

import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Stands for the lane: answers by a word, and refuses into a table of its own. */
final class ScriptedReplayer implements Replayer {
  final Set<UUID> answered = new HashSet<>();
  final Set<UUID> answeredFromSecondLook = new HashSet<>();
  final List<String> asked = new CopyOnWriteArrayList<>();
  final List<String> freed = new ArrayList<>();
  volatile Future<Outcome<?>> answer = Future.succeededFuture(Outcome.done("fine"));

  /** What is answered to a letter of this name; null for {@link #answer}. */
  volatile Function<String, Future<Outcome<?>>> script = name -> null;

  @Override
  public Future<Set<CommandId>> answered(List<DeadLetter> letters) {
    Set<CommandId> now = new HashSet<>();
    for (DeadLetter letter : letters) {
      UUID id = letter.id().value();
      if (answered.contains(id)) {
        now.add(letter.id());
      }
      if (answeredFromSecondLook.remove(id)) {
        answered.add(id);
      }
    }
    return Future.succeededFuture(now);
  }

  @Override
  public Future<? extends Outcome<?>> ask(DeadLetter letter, Deadline deadline) {
    String name = letter.body().replaceAll("\\{\"name\":\"(.*)\"}", "$1");
    asked.add(name);
    Future<Outcome<?>> scripted = script.apply(name);
    return scripted == null ? answer : scripted;
  }

  @Override
  public Future<Void> refuse(Tx tx, DeadLetter letter, Refusal why) {
    return tx.execute("INSERT INTO holdfast.refused VALUES ($1)", Tuple.of(letter.id().value()))
        .mapEmpty();
  }

  @Override
  public synchronized void closed(Collection<DeadLetter> letters) {
    letters.forEach(letter -> freed.add(letter.parkingKey()));
  }

  @Override
  public Contents contents(DeadLetter letter) {
    return new Contents(Map.of("of", letter.agent()), letter.body());
  }

  @Override
  public Outcome<String> edited(DeadLetter letter, String payload) {
    return payload.contains("name")
        ? Outcome.done(payload)
        : Outcome.rejected(Refusal.invalid("invalid_payload", "name is missing."));
  }
}
