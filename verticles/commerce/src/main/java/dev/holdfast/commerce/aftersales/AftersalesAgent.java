package dev.holdfast.commerce.aftersales;

import dev.holdfast.agent.Agent;
import dev.holdfast.agent.AgentHost;
import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.AboutReturn;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.AftersalesCommand;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.AftersalesQuery;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.RequestReturn;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnById;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnByNumber;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnByRma;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnPage;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Query;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.util.List;

/** Owns returns from the request to the refund. */
public final class AftersalesAgent extends Agent<AftersalesCommand<?>, CaseBook> {
  private final ReturnStore returns = new ReturnStore();
  private final ReturnViewStore views;

  /**
   * An instance for one life.
   *
   * @param host the agent's host
   * @param queries where questions are answered from
   */
  public AftersalesAgent(AgentHost host, Database queries) {
    super(host);
    this.views = new ReturnViewStore(queries);
  }

  @Override
  protected Future<CaseBook> load(Tx tx, List<Entry<AftersalesCommand<?>>> batch) {
    CaseBook book = new CaseBook();
    List<? extends AftersalesCommand<?>> commands = batch.stream().map(Entry::command).toList();
    return Future.join(returns.lock(tx, commands, book), returns.recorded(tx, commands, book))
        .map(book);
  }

  @Override
  protected Decision decide(CaseBook book, Entry<AftersalesCommand<?>> entry) {
    return switch (entry.command()) {
      case RequestReturn request -> RequestRules.request(book, request, entry.id().value());
      case AboutReturn<?> change -> ReturnRules.change(book, change);
    };
  }

  @Override
  protected void save(Tx tx, CaseBook book) {
    returns.save(tx, book);
  }

  @Override
  protected Future<?> answer(Query<?> query, Deadline deadline) {
    return switch ((AftersalesQuery<?>) query) {
      case ReturnById id -> views.byId(id, deadline);
      case ReturnByNumber number -> views.byNumber(number, deadline);
      case ReturnByRma rma -> views.byRma(rma, deadline);
      case ReturnPage page -> views.page(page, deadline);
    };
  }
}
