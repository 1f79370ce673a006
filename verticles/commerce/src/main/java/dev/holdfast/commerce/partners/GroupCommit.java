package dev.holdfast.commerce.partners;

import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.BusyRest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * Collects what waits into one transaction at a time: a lone operation never waits, and a flood
 * shares its commits, with a short rest between them. Operations may come from any context; each is
 * answered on its own.
 *
 * @param <O> an operation
 * @param <R> its result
 */
final class GroupCommit<O, R> {
  private static final int WAITING = 4_096;

  private final String name;
  private final Context context;
  private final int most;
  private final BusyRest rest;
  private final Function<List<O>, Future<List<R>>> write;
  private final Deque<Waiting<O, R>> waiting = new ArrayDeque<>();
  private boolean busy;

  private record Waiting<O, R>(O operation, Context asker, Promise<R> promise) {
    void succeed(R result) {
      asker.runOnContext(ignored -> promise.complete(result));
    }

    void fail(Throwable cause) {
      asker.runOnContext(ignored -> promise.fail(cause));
    }
  }

  /**
   * A queue whose work runs on the given context.
   *
   * @param most operations of one transaction, at least 1
   * @param rest between transactions; who waits for an operation may wait so long
   * @param write gives a result for each operation, in their order
   */
  GroupCommit(
      String name,
      Context context,
      int most,
      BusyRest rest,
      Function<List<O>, Future<List<R>>> write) {
    this.name = name;
    this.context = context;
    this.most = most;
    this.rest = rest;
    this.write = write;
  }

  /** The operation's result once its transaction is committed. */
  Future<R> submit(O operation) {
    Context current = Vertx.currentContext();
    Waiting<O, R> entry =
        new Waiting<>(operation, current == null ? context : current, Promise.promise());
    context.runOnContext(ignored -> enqueue(entry));
    return entry.promise().future();
  }

  private void enqueue(Waiting<O, R> entry) {
    if (waiting.size() >= WAITING) {
      entry.fail(Unavailable.overloaded(name));
      return;
    }
    waiting.add(entry);
    next();
  }

  private void next() {
    if (busy || waiting.isEmpty()) {
      return;
    }
    busy = true;
    List<Waiting<O, R>> batch = new ArrayList<>();
    while (batch.size() < most && !waiting.isEmpty()) {
      batch.add(waiting.poll());
    }
    run(batch).onComplete(done -> rest.after(context.owner(), batch.size(), this::goOn));
  }

  private void goOn() {
    busy = false;
    next();
  }

  private Future<?> run(List<Waiting<O, R>> batch) {
    return Future.succeededFuture(batch.stream().map(Waiting::operation).toList())
        .compose(write)
        .onSuccess(results -> answer(batch, results))
        .recover(cause -> separately(batch, cause).mapEmpty());
  }

  private void answer(List<Waiting<O, R>> batch, List<R> results) {
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).succeed(results.get(i));
    }
  }

  /** One operation that the database refuses must not fail the others of its batch. */
  private Future<?> separately(List<Waiting<O, R>> batch, Throwable cause) {
    if (batch.size() == 1 || cause instanceof Unavailable) {
      batch.forEach(entry -> entry.fail(cause));
      return Future.succeededFuture();
    }
    Future<?> all = Future.succeededFuture();
    for (Waiting<O, R> entry : batch) {
      all = all.transform(done -> run(List.of(entry)).mapEmpty());
    }
    return all;
  }
}
