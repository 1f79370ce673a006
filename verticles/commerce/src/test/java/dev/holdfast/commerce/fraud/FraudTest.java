package dev.holdfast.commerce.fraud;

import dev.holdfast.agent.Decision;
import dev.holdfast.commerce.fraud.FraudProtocol.Assessed;
import dev.holdfast.commerce.fraud.FraudProtocol.Assessment;
import dev.holdfast.commerce.fraud.FraudProtocol.AssessmentOf;
import dev.holdfast.commerce.fraud.FraudProtocol.Assessments;
import dev.holdfast.commerce.fraud.FraudProtocol.FraudCommand;
import dev.holdfast.commerce.fraud.FraudProtocol.ReviewQueue;
import dev.holdfast.commerce.fraud.FraudProtocol.Withdraw;
import dev.holdfast.commerce.fraud.FraudProtocol.Withdrawn;
import dev.holdfast.commerce.testing.AgentDatabase;
import dev.holdfast.testing.AgentDriver;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A fraud agent on a database of its own; each test is a merchant of its own. */
@ExtendWith(PostgresExtension.class)
abstract class FraudTest {
  static TestDatabase rows;
  static AgentDatabase database;
  static AgentDriver<FraudCommand<?>, Casebook> fraud;
  static int merchant;
  static int ids;

  @BeforeAll
  static void open(TestDatabase empty) {
    rows = empty;
    database = new AgentDatabase(empty, "fraud");
    fraud =
        new AgentDriver<>(
            new FraudAgent(null, database.database(), RuleBookFile.shipped()), database.database());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  /** Each test is a merchant of its own. */
  @BeforeEach
  void anotherMerchant() {
    merchant++;
  }

  static Orders order() {
    return Orders.of(merchant, new UUID(3, ++ids));
  }

  static Orders risky() {
    return order().from("GB", "FR", true).by("r" + ids, null, null);
  }

  static UUID id(Orders order) {
    return order.assess().order();
  }

  static Assessed assess(Orders order) {
    return fraud.reply(Assessed.class, order.assess());
  }

  static Withdrawn withdraw(Orders order) {
    return fraud.reply(Withdrawn.class, new Withdraw(merchant, id(order)));
  }

  static int score(Decision decision) {
    return ((Assessed) decision.outcome().orThrow()).score();
  }

  static Assessment one(Orders order) {
    return fraud.answer(Assessment.class, new AssessmentOf(merchant, id(order)));
  }

  static List<UUID> queue(UUID after) {
    return fraud
        .answer(Assessments.class, new ReviewQueue(merchant, after, 2))
        .assessments()
        .stream()
        .map(Assessment::order)
        .toList();
  }
}
