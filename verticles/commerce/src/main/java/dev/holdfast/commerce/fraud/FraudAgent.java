package dev.holdfast.commerce.fraud;

import dev.holdfast.agent.Agent;
import dev.holdfast.agent.AgentHost;
import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.commerce.fraud.FraudProtocol.Assess;
import dev.holdfast.commerce.fraud.FraudProtocol.AssessmentOf;
import dev.holdfast.commerce.fraud.FraudProtocol.Block;
import dev.holdfast.commerce.fraud.FraudProtocol.FraudCommand;
import dev.holdfast.commerce.fraud.FraudProtocol.FraudQuery;
import dev.holdfast.commerce.fraud.FraudProtocol.Review;
import dev.holdfast.commerce.fraud.FraudProtocol.ReviewQueue;
import dev.holdfast.commerce.fraud.FraudProtocol.Withdraw;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Query;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Judges orders, keeps those for a person that it does not trust, and refuses who is blocked. */
public final class FraudAgent extends Agent<FraudCommand<?>, Casebook> {
  private final CaseStore cases = new CaseStore();
  private final HistoryStore history = new HistoryStore();
  private final AssessmentViewStore views;
  private final CaseRules rules;
  private final Duration longestWindow;

  /**
   * @param queries where questions are answered from
   * @param book the rules; {@link RuleBookFile#shipped} unless the operator has others
   */
  public FraudAgent(AgentHost host, Database queries, RuleBook book) {
    super(host);
    this.views = new AssessmentViewStore(queries);
    this.rules = new CaseRules(new FraudRules(book));
    this.longestWindow = book.longestWindow();
  }

  /** Locks shoppers, then cases, each in the order of its keys; then reads what they did before. */
  @Override
  protected Future<Casebook> load(Tx tx, List<Entry<FraudCommand<?>>> batch) {
    FraudNeeds needs = FraudNeeds.of(batch, longestWindow);
    Casebook book = new Casebook(batch.getFirst().now());
    List<Future<?>> sent = new ArrayList<>();
    if (!needs.assessing().isEmpty()) {
      sent.add(cases.lockShoppers(tx, needs.assessing()));
    }
    if (!needs.cases().isEmpty()) {
      sent.add(cases.lock(tx, needs.cases(), book));
    }
    if (!needs.windows().isEmpty()) {
      sent.add(history.readHistory(tx, needs.windows(), book));
    }
    if (!needs.blocks().isEmpty()) {
      sent.add(history.readBlocks(tx, needs.blocks(), book));
    }
    return Future.all(sent).map(book);
  }

  @Override
  protected Decision decide(Casebook book, Entry<FraudCommand<?>> entry) {
    return switch (entry.command()) {
      case Assess asked -> rules.assess(book, asked);
      case Withdraw asked -> rules.withdraw(book, asked);
      case Review asked -> rules.review(book, asked, entry.now());
      case Block asked -> rules.block(book, asked);
    };
  }

  @Override
  protected void save(Tx tx, Casebook book) {
    cases.insert(tx, book.newCases(), book.now());
    cases.update(tx, book.changedCases());
    history.writeBlocks(tx, book.newBlocks(), book.now());
  }

  @Override
  protected Future<?> answer(Query<?> query, Deadline deadline) {
    return switch ((FraudQuery<?>) query) {
      case AssessmentOf asked -> views.one(deadline, asked.merchant(), asked.order());
      case ReviewQueue asked ->
          views.queue(deadline, asked.merchant(), asked.after(), asked.limit());
    };
  }
}
