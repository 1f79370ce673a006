package dev.holdfast.commerce.workflows;

import dev.holdfast.bus.RecordJson;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Complete;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Condition;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Inspected;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Judge;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Judged;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.RefuseReturn;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Takeback;
import dev.holdfast.commerce.inventory.InventoryProtocol.Restock;
import dev.holdfast.commerce.order.OrderProtocol.Claim;
import dev.holdfast.commerce.order.OrderProtocol.ClaimUnits;
import dev.holdfast.commerce.order.OrderProtocol.Claimed;
import dev.holdfast.commerce.order.OrderProtocol.ReleaseUnits;
import dev.holdfast.commerce.payment.PaymentProtocol.Refund;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.workflow.Milestone;
import dev.holdfast.workflow.RunView;
import dev.holdfast.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * From a request to return to the money on its way back: units claimed from delivered orders, the
 * policy's judgement, the inspection where it asks for one; the refund (the pivot), the goods back
 * on the shelf.
 */
public final class ReturnToRefund {
  public static final String NAME = "return-to-refund";

  /** How long approved goods may be on their way. */
  static final Duration ARRIVES_AT_MOST = Duration.ofDays(30);

  /** The answer to an accepted return. */
  record Accepted(UUID id, String status, Money refund, UUID run) {}

  private ReturnToRefund() {}

  /** The definition. */
  public static Workflow<Takeback> definition() {
    return Workflow.named(NAME, 1, Takeback.class)
        .step("claim", ReturnToRefund::claim)
        .undo(run -> new ReleaseUnits(run.merchant(), run.input().returnId()))
        .kept()
        .then()
        .step("judge", ReturnToRefund::judge)
        .kept()
        .then()
        .reachWhen(run -> judged(run).inspect(), run -> accepted(run, "APPROVED"))
        .await("inspected", Inspected.class)
        .when(run -> judged(run).inspect())
        .atMost(
            ARRIVES_AT_MOST, Refusal.conflict("rma_expired", "The goods did not arrive in time."))
        .then()
        .step("refund", ReturnToRefund::refund)
        .then()
        .pivot()
        .step("restock", ReturnToRefund::restock)
        .when(ReturnToRefund::isForTheShelf)
        .then()
        .step(
            "complete",
            run -> new Complete(run.merchant(), run.input().returnId(), isForTheShelf(run)))
        .then()
        .reach(run -> accepted(run, "REFUNDED"))
        .turningBack(ReturnToRefund::refuse, ReturnToRefund::refused);
  }

  private static ClaimUnits claim(RunView<Takeback> run) {
    Takeback taken = run.input();
    return new ClaimUnits(
        run.merchant(),
        taken.returnId(),
        taken.customer(),
        taken.order(),
        taken.requestedAt(),
        taken.lines());
  }

  private static Judge judge(RunView<Takeback> run) {
    Claimed claimed = run.reply("claim", Claimed.class);
    return new Judge(run.merchant(), run.input().returnId(), claimed.deliveredAt());
  }

  private static Judged judged(RunView<Takeback> run) {
    return run.reply("judge", Judged.class);
  }

  private static Refund refund(RunView<Takeback> run) {
    List<UUID> orders =
        run.reply("claim", Claimed.class).claims().stream().map(Claim::order).distinct().toList();
    return new Refund(run.merchant(), run.input().returnId(), orders, judged(run).refund());
  }

  /** Goods that nobody inspected count as like new; damaged and defective ones stay out. */
  private static boolean isForTheShelf(RunView<Takeback> run) {
    if (!run.isDone("inspected")) {
      return true;
    }
    Condition condition = run.reply("inspected", Inspected.class).condition();
    return condition == Condition.LIKE_NEW || condition == Condition.USED;
  }

  private static Restock restock(RunView<Takeback> run) {
    return new Restock(run.merchant(), run.input().returnId(), run.input().lines());
  }

  private static Milestone accepted(RunView<Takeback> run, String status) {
    Takeback taken = run.input();
    return new Milestone(
        201,
        RecordJson.write(
            new Accepted(taken.returnId(), status, judged(run).refund(), run.runId())));
  }

  private static RefuseReturn refuse(RunView<Takeback> run) {
    Refusal why = run.refusal().orElseThrow();
    return new RefuseReturn(run.merchant(), run.input().returnId(), why.code(), why.message());
  }

  private static Milestone refused(RunView<Takeback> run) {
    return Refused.answer(run.refusal().orElseThrow(), run.input().returnId());
  }
}
