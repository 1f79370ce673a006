package dev.holdfast.agent;

import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Query;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.util.List;

/** What a lane asks of an agent, opened to tests. */
public final class AgentSteps {
  private AgentSteps() {}

  public static <C extends Command<?>, W> Future<W> load(
      Agent<C, W> agent, Tx tx, List<Entry<C>> batch) {
    return agent.load(tx, batch);
  }

  public static <C extends Command<?>, W> Decision decide(
      Agent<C, W> agent, W work, Entry<C> entry) {
    return agent.decide(work, entry);
  }

  public static <C extends Command<?>, W> void save(Agent<C, W> agent, Tx tx, W work) {
    agent.save(tx, work);
  }

  public static Future<?> call(Agent<?, ?> agent, Object request, Deadline deadline) {
    return agent.call(request, deadline);
  }

  public static Future<?> answer(Agent<?, ?> agent, Query<?> query, Deadline deadline) {
    return agent.answer(query, deadline);
  }

  public static List<Subscription<?>> subscriptions(Agent<?, ?> agent) {
    return agent.subscriptions();
  }
}
