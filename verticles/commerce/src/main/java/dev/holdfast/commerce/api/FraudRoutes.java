package dev.holdfast.commerce.api;

import dev.holdfast.commerce.fraud.FraudProtocol.Assessment;
import dev.holdfast.commerce.fraud.FraudProtocol.AssessmentOf;
import dev.holdfast.commerce.fraud.FraudProtocol.Assessments;
import dev.holdfast.commerce.fraud.FraudProtocol.Block;
import dev.holdfast.commerce.fraud.FraudProtocol.Kind;
import dev.holdfast.commerce.fraud.FraudProtocol.Reason;
import dev.holdfast.commerce.fraud.FraudProtocol.Review;
import dev.holdfast.commerce.fraud.FraudProtocol.ReviewQueue;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Fraud checks over HTTP. */
final class FraudRoutes {
  private static final String LIST = "reviews";

  private final Agents agents;
  private final Pages pages;

  FraudRoutes(Agents agents, Pages pages) {
    this.agents = agents;
    this.pages = pages;
  }

  Map<String, Function<ApiCall, Future<ApiAnswer>>> handlers() {
    return Map.of(
        "listReviews", this::list,
        "reviewOrder", this::review,
        "getAssessment", this::get,
        "blockFraud", this::block);
  }

  private Future<ApiAnswer> list(ApiCall call) {
    String after = pages.after(call, LIST);
    ReviewQueue queue =
        new ReviewQueue(
            call.merchant(), after == null ? null : UUID.fromString(after), call.limit());
    return agents
        .query(call, queue)
        .map(Assessments::assessments)
        .map(
            waiting ->
                pages.page(
                    call,
                    LIST,
                    waiting,
                    FraudRoutes::json,
                    one -> List.of(one.order().toString())));
  }

  private Future<ApiAnswer> review(ApiCall call) {
    Review review =
        new Review(
            call.merchant(),
            call.pathId("order"),
            call.body().getBoolean("approve"),
            call.subject(),
            call.body().getString("note"));
    return agents
        .done(call, review)
        .map(
            reviewed ->
                ApiAnswer.ok(
                    new JsonObject()
                        .put("order", reviewed.order().toString())
                        .put("approved", reviewed.approved())));
  }

  private Future<ApiAnswer> get(ApiCall call) {
    return agents
        .query(call, new AssessmentOf(call.merchant(), call.pathId("order")))
        .map(FraudRoutes::json)
        .map(ApiAnswer::ok);
  }

  private Future<ApiAnswer> block(ApiCall call) {
    JsonObject body = call.body();
    Block block =
        new Block(
            call.merchant(),
            Form.choice(body, "kind", Kind.class),
            body.getString("value"),
            body.getString("reason"),
            Form.time(body, "until", null));
    return agents
        .done(call, block)
        .map(
            blocked ->
                ApiAnswer.ok(
                    new JsonObject()
                        .put("kind", blocked.kind().name())
                        .put("value", blocked.value())));
  }

  private static JsonObject json(Assessment found) {
    return Form.present(
        new JsonObject()
            .put("order", found.order().toString())
            .put("customer", found.customer())
            .put("score", found.score())
            .put("level", found.level().name())
            .put("verdict", found.verdict().name())
            .put("reasons", Form.array(found.reasons(), FraudRoutes::json))
            .put("reviewedBy", found.reviewedBy())
            .put("approved", found.approved())
            .put("assessedAt", Form.text(found.assessedAt())));
  }

  private static JsonObject json(Reason reason) {
    return new JsonObject().put("rule", reason.rule()).put("points", reason.points());
  }
}
