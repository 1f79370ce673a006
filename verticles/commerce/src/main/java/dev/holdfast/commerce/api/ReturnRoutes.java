package dev.holdfast.commerce.api;

import dev.holdfast.bus.QueryRefused;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Condition;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Inspect;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.RequestReturn;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Return;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnById;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnByNumber;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnLine;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnOpened;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnPage;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Returns;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Status;
import dev.holdfast.commerce.api.ApiCall.DocumentNumber;
import dev.holdfast.commerce.api.Submissions.Entered;
import dev.holdfast.kernel.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Returns over HTTP. */
final class ReturnRoutes {
  private static final String PATH = "/returns/";

  private final Agents agents;
  private final Pages pages;
  private final NewReturns newReturns;
  private final Submissions submissions;

  ReturnRoutes(Agents agents, Submissions submissions, Pages pages) {
    this.agents = agents;
    this.submissions = submissions;
    this.pages = pages;
    this.newReturns = new NewReturns(agents);
  }

  Map<String, Function<ApiCall, Future<ApiAnswer>>> handlers() {
    return Map.of(
        "requestReturn", this::request,
        "listReturns", this::list,
        "getReturn", this::get,
        "inspectReturn", this::inspect);
  }

  private Future<ApiAnswer> request(ApiCall call) {
    return newReturns
        .command(call)
        .compose(
            command ->
                submissions.submit(
                    call, command, () -> standing(call, command), ReturnRoutes::entered));
  }

  private Future<String> standing(ApiCall call, RequestReturn command) {
    return agents
        .query(
            call,
            new ReturnByNumber(command.merchant(), command.source(), command.externalNumber()))
        .map(found -> PATH + found.returnId());
  }

  private static Entered entered(ReturnOpened opened) {
    return new Entered(
        PATH + opened.returnId(),
        opened.returnId(),
        opened.run(),
        Status.OPEN.name(),
        new JsonObject().put("rma", opened.rma()));
  }

  private Future<ApiAnswer> get(ApiCall call) {
    return agents
        .query(call, new ReturnById(call.merchant(), call.pathId("id")))
        .compose(found -> isSeen(call, found) ? Future.succeededFuture(found) : unknown())
        .recover(
            failure -> failure instanceof QueryRefused ? unknown() : Future.failedFuture(failure))
        .map(found -> call.versioned(whole(found), found.version()));
  }

  private static Future<Return> unknown() {
    return Future.failedFuture(
        new QueryRefused(Refusal.notFound("unknown_return", "There is no such return.")));
  }

  private static boolean isSeen(ApiCall call, Return found) {
    return call.customer().isEmpty() || call.customer().get().equals(found.customer());
  }

  private Future<ApiAnswer> list(ApiCall call) {
    String customer = call.customerOf(call.query("customer"));
    Optional<DocumentNumber> number = call.number();
    if (number.isPresent()) {
      return one(call, number.get());
    }
    String scope = "returns/" + customer;
    Optional<List<String>> before = pages.position(call, scope);
    ReturnPage page =
        new ReturnPage(
            call.merchant(),
            customer,
            before.map(position -> Instant.parse(position.get(0))).orElse(null),
            before.map(position -> UUID.fromString(position.get(1))).orElse(null),
            call.limit());
    return agents
        .query(call, page)
        .map(Returns::returns)
        .map(found -> pages.page(call, scope, found, ReturnRoutes::head, ReturnRoutes::position));
  }

  private static List<String> position(Return one) {
    return List.of(one.requestedAt().toString(), one.returnId().toString());
  }

  private Future<ApiAnswer> one(ApiCall call, DocumentNumber number) {
    Future<Return> found =
        agents.query(call, new ReturnByNumber(call.merchant(), number.source(), number.number()));
    return Pages.one(found, one -> isSeen(call, one), ReturnRoutes::head);
  }

  private Future<ApiAnswer> inspect(ApiCall call) {
    Condition condition = Form.choice(call.body(), "condition", Condition.class);
    return agents
        .done(call, new Inspect(call.merchant(), call.pathId("id"), condition, call.subject()))
        .map(
            inspected ->
                ApiAnswer.ok(
                    new JsonObject()
                        .put("id", inspected.returnId().toString())
                        .put("condition", inspected.condition().name())));
  }

  private static JsonObject whole(Return found) {
    return head(found).put("lines", Form.array(found.lines(), ReturnRoutes::line));
  }

  private static JsonObject head(Return found) {
    return Form.present(
        new JsonObject()
            .put("id", found.returnId().toString())
            .put("rma", found.rma())
            .put("source", found.source())
            .put("externalNumber", found.externalNumber())
            .put("customer", found.customer())
            .put("order", found.order() == null ? null : found.order().toString())
            .put("status", found.status().name())
            .put("refusal", Form.refusal(found.refusalCode(), found.refusalMessage()))
            .put("reason", found.reason().name())
            .put("refund", Form.money(found.refund()))
            .put("condition", found.condition() == null ? null : found.condition().name())
            .put("requestedAt", Form.text(found.requestedAt()))
            .put("run", found.run().toString())
            .put("version", found.version()));
  }

  private static JsonObject line(ReturnLine line) {
    return new JsonObject()
        .put("sku", line.sku())
        .put("units", line.units())
        .put("unitPrice", Form.text(line.unitPrice()));
  }
}
