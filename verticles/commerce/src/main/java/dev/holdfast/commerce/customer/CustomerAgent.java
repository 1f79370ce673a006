package dev.holdfast.commerce.customer;

import dev.holdfast.agent.Agent;
import dev.holdfast.agent.AgentHost;
import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.agent.Subscription;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerById;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerCommand;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerPage;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerQuery;
import dev.holdfast.commerce.customer.CustomerProtocol.EarnPoints;
import dev.holdfast.commerce.customer.CustomerProtocol.Erase;
import dev.holdfast.commerce.customer.CustomerProtocol.Recognise;
import dev.holdfast.commerce.customer.CustomerProtocol.Register;
import dev.holdfast.commerce.customer.CustomerProtocol.SetStatus;
import dev.holdfast.commerce.order.OrderProtocol.OrderDelivered;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Query;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.util.List;

/** Owns customers: who they are, whether they may order, what they earned. */
public final class CustomerAgent extends Agent<CustomerCommand<?>, CustomerBook> {
  private final CustomerStore customers = new CustomerStore();
  private final CustomerViewStore views;

  /**
   * An instance for one life.
   *
   * @param host the agent's host
   * @param queries where questions are answered from
   */
  public CustomerAgent(AgentHost host, Database queries) {
    super(host);
    this.views = new CustomerViewStore(queries);
  }

  @Override
  protected Future<CustomerBook> load(Tx tx, List<Entry<CustomerCommand<?>>> batch) {
    CustomerBook book = new CustomerBook();
    List<? extends CustomerCommand<?>> commands = batch.stream().map(Entry::command).toList();
    return customers.load(tx, commands, book).map(book);
  }

  @Override
  protected Decision decide(CustomerBook book, Entry<CustomerCommand<?>> entry) {
    return switch (entry.command()) {
      case Register register -> CustomerRules.register(book, register);
      case Recognise recognise -> CustomerRules.recognise(book, recognise);
      case SetStatus status -> CustomerRules.setStatus(book, status);
      case EarnPoints earn -> CustomerRules.earn(book, earn);
      case Erase erase -> CustomerRules.erase(book, erase, entry.now());
    };
  }

  @Override
  protected void save(Tx tx, CustomerBook book) {
    customers.save(tx, book);
  }

  @Override
  protected Future<?> answer(Query<?> query, Deadline deadline) {
    return switch ((CustomerQuery<?>) query) {
      case CustomerById id -> views.byId(id, deadline);
      case CustomerPage page -> views.page(page, deadline);
    };
  }

  @Override
  protected List<Subscription<?>> subscriptions() {
    return List.of(new Subscription<>(OrderDelivered.class, "points", CustomerAgent::points));
  }

  /** A guest earns nothing. */
  private static List<EarnPoints> points(OrderDelivered order) {
    return order.customer() == null
        ? List.of()
        : List.of(
            new EarnPoints(
                order.merchant(),
                order.customer(),
                order.aggregate(),
                order.totalMinor(),
                order.deliveredAt()));
  }
}
