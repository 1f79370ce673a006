package dev.holdfast.agent;

import dev.holdfast.agent.TrailProtocol.TrailCommand;
import dev.holdfast.agent.TrailProtocol.Walk;
import dev.holdfast.agent.TrailProtocol.Walked;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Query;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Writes every step that takes effect into a table, one row each, in the order of its lane. */
public final class TrailAgent extends Agent<TrailCommand<?>, List<Walk>> {
  /** Without any key: a second effect is a second row. */
  public static final String TABLE =
      """
      CREATE TABLE trail (
        place bigint GENERATED ALWAYS AS IDENTITY, aggregate text NOT NULL, number integer NOT NULL)
      """;

  private static final String WRITE =
      """
      INSERT INTO trail (aggregate, number)
      SELECT aggregate, number
      FROM unnest($1::text[], $2::integer[]) WITH ORDINALITY AS w (aggregate, number, place)
      ORDER BY place
      """;

  private volatile boolean broken;

  public TrailAgent(AgentHost host) {
    super(host);
  }

  /** Its decisions throw from now on, or no longer. */
  public void breakDown(boolean down) {
    broken = down;
  }

  @Override
  protected Future<List<Walk>> load(Tx tx, List<Entry<TrailCommand<?>>> batch) {
    return Future.succeededFuture(new ArrayList<>());
  }

  @Override
  protected Decision decide(List<Walk> walks, Entry<TrailCommand<?>> entry) {
    if (broken) {
      throw new IllegalStateException("the way is closed");
    }
    Walk walk = (Walk) entry.command();
    walks.add(walk);
    return Decision.done(new Walked(walk.number()));
  }

  @Override
  protected void save(Tx tx, List<Walk> walks) {
    if (!walks.isEmpty()) {
      tx.execute(WRITE, Columns.of(walks).texts(Walk::aggregate).integers(Walk::number).tuple());
    }
  }

  @Override
  protected Future<?> answer(Query<?> query, Deadline deadline) {
    return Future.failedFuture(new IllegalArgumentException("nothing is asked of it"));
  }
}
