package dev.holdfast.journal;

import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that touches the journal's file. What waits when it is free shares a transaction
 * and a commit; while that commit is under way the next group gathers, so nobody waits for company.
 * An answer is given only after the commit is on the disk.
 *
 * <p>A failure of the file fails the whole group and closes the file; {@link #reopen} tries again.
 */
final class JournalWriter {
  /** The code of what the journal can't take because its file can't be used. */
  static final String DOWN = JournalErrors.DOWN;

  private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  /** Work inside a group's transaction; an {@link Unavailable} is its own failure alone. */
  @FunctionalInterface
  interface Work<T> {
    T in(Group group) throws SQLException;
  }

  /** Called on the writer's thread. */
  interface Owner {
    /** The file was opened, perhaps with other contents than before. */
    Totals opened(JournalStore store) throws SQLException;

    /** The file can't be used. */
    void failed(String reason);
  }

  /** One transaction. */
  static final class Group {
    private final JournalStore store;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private Totals totals;

    private Group(JournalStore store, Totals totals) {
      this.store = store;
      this.totals = totals;
    }

    JournalStore store() {
      return store;
    }

    Totals totals() {
      return totals;
    }

    void totals(Totals changed) {
      totals = changed;
    }

    void afterCommit(Runnable action) {
      afterCommit.add(action);
    }
  }

  private static final class Task<T> {
    private final Work<T> work;
    private final Promise<T> answer = Promise.promise();
    private final boolean reopens;
    private T result;
    private RuntimeException refused;

    Task(Work<T> work, boolean reopens) {
      this.work = work;
      this.reopens = reopens;
    }

    void run(Group group) throws SQLException {
      try {
        result = work.in(group);
      } catch (Unavailable own) {
        refused = own;
      }
    }

    void succeed() {
      if (refused == null) {
        answer.tryComplete(result);
      } else {
        answer.tryFail(refused);
      }
    }

    void fail(Throwable cause) {
      answer.tryFail(cause);
    }
  }

  private final JournalFile file;
  private final Owner owner;
  private final int groupMax;
  private final BlockingQueue<Task<?>> queue;
  private final Thread thread = new Thread(this::serve, "holdfast-journal");
  private volatile boolean stopping;
  private final AtomicLong commits = new AtomicLong();
  private JournalStore store;
  private Totals totals = Totals.NONE;

  JournalWriter(JournalFile file, Owner owner, JournalLimits limits) {
    this.file = file;
    this.owner = owner;
    this.groupMax = limits.groupMax();
    this.queue = new ArrayBlockingQueue<>(limits.queueMax());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /**
   * Does it in the next group; completes on the caller's context, if it has one.
   *
   * @return fails with {@link Unavailable} when too much waits, or the file can't be used
   */
  <T> Future<T> submit(Work<T> work) {
    return submit(new Task<>(work, false));
  }

  /** The same, after the file was opened again if it is closed. */
  <T> Future<T> reopen(Work<T> work) {
    return submit(new Task<>(work, true));
  }

  private <T> Future<T> submit(Task<T> task) {
    if (stopping || !queue.offer(task)) {
      return Future.failedFuture(Unavailable.overloaded("the journal"));
    }
    if (stopping && !thread.isAlive()) {
      task.fail(new Unavailable(DOWN, "the journal was closed"));
    }
    Context own = Vertx.currentContext();
    if (own == null) {
      return task.answer.future();
    }
    Promise<T> here = Promise.promise();
    task.answer.future().onComplete(end -> own.runOnContext(turn -> here.handle(end)));
    return here.future();
  }

  long commits() {
    return commits.get();
  }

  private void serve() {
    List<Task<?>> tasks = new ArrayList<>();
    try {
      while (!stopping || !queue.isEmpty()) {
        tasks.clear();
        tasks.add(queue.take());
        queue.drainTo(tasks, groupMax - 1);
        serve(tasks);
      }
    } catch (InterruptedException stopped) {
      LOG.debug("the journal's thread ends");
    } finally {
      stopping = true;
      queue.forEach(left -> left.fail(new Unavailable(DOWN, "the journal was closed")));
      close("closed");
    }
  }

  private void serve(List<Task<?>> tasks) {
    try {
      if (store == null) {
        if (tasks.stream().noneMatch(task -> task.reopens)) {
          throw new SQLException("the journal is not open");
        }
        open(file.open());
      } else if (!file.isInPlace()) {
        LOG.error("the journal's file was moved or deleted");
        JournalStore old = store;
        store = null;
        open(file.replace(old));
      }
      commit(tasks);
    } catch (SQLException | RuntimeException | LinkageError failed) {
      Unavailable down = new Unavailable(DOWN, "the journal cannot be written", failed);
      fail(failed);
      tasks.forEach(task -> task.fail(down));
    }
  }

  private void open(JournalStore opened) throws SQLException {
    store = opened;
    totals = owner.opened(opened);
  }

  private void commit(List<Task<?>> tasks) throws SQLException {
    Group group = new Group(store, totals);
    for (Task<?> task : tasks) {
      task.run(group);
    }
    store.commit();
    commits.incrementAndGet();
    totals = group.totals;
    group.afterCommit.forEach(Runnable::run);
    tasks.forEach(Task::succeed);
  }

  /** Nothing of the group took effect, or nobody knows; the next opening tells. */
  private void fail(Throwable cause) {
    if (store != null) {
      LOG.error("the journal cannot be written", cause);
      close(String.valueOf(cause.getMessage()));
    } else {
      owner.failed(String.valueOf(cause.getMessage()));
    }
  }

  private void close(String reason) {
    if (store != null) {
      try {
        store.close();
      } catch (SQLException failed) {
        LOG.warn("the journal did not close: {}", failed.toString());
      }
      store = null;
    }
    owner.failed(reason);
  }

  /** Does what waits, closes the file and ends the thread. Blocks for ten seconds at most. */
  void stop() {
    stopping = true;
    // An empty task wakes it; where there is no room for one, it is awake.
    queue.offer(new Task<>(group -> null, false));
    try {
      if (!thread.join(STOP_WITHIN)) {
        LOG.warn("the journal's thread did not end");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
