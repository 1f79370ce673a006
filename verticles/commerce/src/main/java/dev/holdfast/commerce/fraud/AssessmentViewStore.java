package dev.holdfast.commerce.fraud;

import dev.holdfast.bus.QueryRefused;
import dev.holdfast.commerce.fraud.FraudProtocol.Assessed;
import dev.holdfast.commerce.fraud.FraudProtocol.Assessment;
import dev.holdfast.commerce.fraud.FraudProtocol.Assessments;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Assessments as questions see them: committed, without locks. */
final class AssessmentViewStore {
  private static final String ONE =
      """
      SELECT order_id, customer, score, level, verdict, reasons, reviewed_by, approved, assessed_at
      FROM fraud.assessment
      WHERE merchant_id = $1 AND order_id = $2
      """;

  private static final String QUEUE =
      """
      SELECT order_id, customer, score, level, verdict, reasons, reviewed_by, approved, assessed_at
      FROM fraud.assessment
      WHERE merchant_id = $1 AND verdict = 'REVIEW' AND approved IS NULL AND NOT withdrawn
      ORDER BY assessed_at, order_id LIMIT $2
      """;

  /** Goes on where the given order stands or stood: it may have been decided since. */
  private static final String QUEUE_AFTER =
      """
      SELECT a.order_id, a.customer, a.score, a.level, a.verdict, a.reasons, a.reviewed_by,
             a.approved, a.assessed_at
      FROM fraud.assessment last
      JOIN fraud.assessment a ON a.merchant_id = last.merchant_id
        AND (a.assessed_at, a.order_id) > (last.assessed_at, last.order_id)
      WHERE last.merchant_id = $1 AND last.order_id = $3
        AND a.verdict = 'REVIEW' AND a.approved IS NULL AND NOT a.withdrawn
      ORDER BY a.assessed_at, a.order_id LIMIT $2
      """;

  private final Database database;

  AssessmentViewStore(Database database) {
    this.database = database;
  }

  /** One assessment; refused where there is none. */
  Future<Assessment> one(Deadline deadline, int merchant, UUID order) {
    return database
        .query(deadline, ONE, Tuple.of(merchant, order))
        .map(AssessmentViewStore::assessments)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.failedFuture(
                        new QueryRefused(
                            Refusal.notFound("unknown_assessment", "The order was not assessed.")))
                    : Future.succeededFuture(found.getFirst()));
  }

  /** Orders that wait for a person, oldest first, behind the given one or from the first. */
  Future<Assessments> queue(Deadline deadline, int merchant, UUID after, int limit) {
    Future<RowSet<Row>> rows =
        after == null
            ? database.query(deadline, QUEUE, Tuple.of(merchant, limit))
            : database.query(deadline, QUEUE_AFTER, Tuple.of(merchant, limit, after));
    return rows.map(AssessmentViewStore::assessments).map(Assessments::new);
  }

  private static List<Assessment> assessments(RowSet<Row> rows) {
    List<Assessment> assessments = new ArrayList<>();
    for (Row row : rows) {
      Assessed assessed = CaseStore.assessed(row);
      assessments.add(
          new Assessment(
              assessed.order(),
              row.getString("customer"),
              assessed.score(),
              assessed.level(),
              assessed.verdict(),
              assessed.reasons(),
              row.getString("reviewed_by"),
              row.getBoolean("approved"),
              row.getOffsetDateTime("assessed_at").toInstant()));
    }
    return assessments;
  }
}
