package dev.holdfast.agent;

import dev.holdfast.agent.CounterProtocol.Add;
import dev.holdfast.agent.CounterProtocol.Added;
import dev.holdfast.agent.CounterProtocol.Counted;
import dev.holdfast.agent.CounterProtocol.CounterCommand;
import dev.holdfast.agent.CounterProtocol.Script;
import dev.holdfast.agent.CounterProtocol.Subtract;
import dev.holdfast.agent.CounterProtocol.Total;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Query;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counters in a table: the smallest agent that has all of an agent's parts. */
public final class CounterAgent extends Agent<CounterCommand<?>, CounterAgent.Counters> {
  public static final String TABLE =
      """
      CREATE TABLE counter (
        name text PRIMARY KEY, total bigint NOT NULL CHECK (total <= 1000000), version bigint NOT NULL)
      """;

  public static final class Counters {
    private final Map<String, Long> totals = new TreeMap<>();
    private final Map<String, Long> versions = new TreeMap<>();
    private final Set<String> known = new HashSet<>();
    private boolean bad;
  }

  private final Database database;
  final AtomicInteger calls = new AtomicInteger();
  private volatile List<Future<String>> partner = List.of();

  /** Of the tests that let it ask one. */
  volatile boolean asksPartners;

  public CounterAgent(AgentHost host, Database database) {
    super(host);
    this.database = database;
  }

  @Override
  protected Future<Counters> load(Tx tx, List<Entry<CounterCommand<?>>> batch) {
    String[] names =
        batch.stream().map(entry -> entry.command().counter()).distinct().toArray(String[]::new);
    return tx.execute(
            """
            SELECT name, total, version FROM counter WHERE name = ANY($1) ORDER BY name FOR UPDATE
            """,
            Tuple.tuple().addValue(names))
        .map(
            rows -> {
              Counters counters = new Counters();
              rows.forEach(
                  row -> {
                    counters.totals.put(row.getString(0), row.getLong(1));
                    counters.versions.put(row.getString(0), row.getLong(2));
                    counters.known.add(row.getString(0));
                  });
              return counters;
            });
  }

  @Override
  protected Decision decide(Counters counters, Entry<CounterCommand<?>> entry) {
    return switch (entry.command()) {
      case Add add -> add(counters, add, entry);
      case Subtract subtract ->
          entry.forward().isPresent()
              ? subtract(counters, subtract)
              : Decision.done(new Added(subtract.counter(), 0));
    };
  }

  private static Decision add(Counters counters, Add add, Entry<CounterCommand<?>> entry) {
    if (add.script() == Script.THROW) {
      throw new IllegalStateException("scripted");
    }
    if (add.script() == Script.OUTSIDE && entry.answer(String.class).isEmpty()) {
      return Decision.outside("please");
    }
    counters.bad |= add.script() == Script.BAD_STATEMENT;
    return counters.totals.getOrDefault(add.counter(), 0L) + add.amount() > 100
        ? Decision.rejected(Refusal.conflict("too_much", "A counter ends at 100."))
        : change(counters, add.counter(), add.amount());
  }

  private static Decision subtract(Counters counters, Subtract subtract) {
    return counters.totals.getOrDefault(subtract.counter(), 0L) < subtract.amount()
        ? Decision.rejected(Refusal.conflict("too_little", "A counter does not go below 0."))
        : change(counters, subtract.counter(), -subtract.amount());
  }

  private static Decision change(Counters counters, String name, long amount) {
    long total = counters.totals.merge(name, amount, Long::sum);
    long version = counters.versions.merge(name, 1L, Long::sum);
    return Decision.done(new Added(name, total)).tell(new Counted(1, name, version, amount));
  }

  /** A new row is inserted plainly: two lanes that both saw none must not overwrite each other. */
  @Override
  protected void save(Tx tx, Counters counters) {
    counters.totals.forEach(
        (name, total) ->
            tx.execute(
                counters.known.contains(name)
                    ? "UPDATE counter SET total = $2, version = $3 WHERE name = $1"
                    : "INSERT INTO counter VALUES ($1, $2, $3)",
                Tuple.of(
                    name,
                    counters.bad ? 2_000_000L : total,
                    counters.versions.getOrDefault(name, 1L))));
  }

  /** Its commands may be scripted to ask a partner, who answers the first calls like this. */
  public void askAPartner(List<Future<String>> answers) {
    partner = answers;
    asksPartners = true;
  }

  /** How often the partner was asked. */
  public int calls() {
    return calls.get();
  }

  @Override
  protected boolean asksPartners() {
    return asksPartners;
  }

  @Override
  protected Future<?> call(Object request, Deadline deadline) {
    int call = calls.getAndIncrement();
    return call < partner.size() ? partner.get(call) : Future.succeededFuture("thanks");
  }

  @Override
  protected Future<?> answer(Query<?> query, Deadline deadline) {
    Total total = (Total) query;
    return database
        .query(deadline, "SELECT total FROM counter WHERE name = $1", Tuple.of(total.counter()))
        .map(rows -> new Added(total.counter(), rows.iterator().next().getLong(0)));
  }
}
