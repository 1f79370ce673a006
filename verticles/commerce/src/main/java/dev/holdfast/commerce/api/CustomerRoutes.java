package dev.holdfast.commerce.api;

import dev.holdfast.bus.QueryRefused;
import dev.holdfast.commerce.customer.CustomerProtocol.Customer;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerById;
import dev.holdfast.commerce.customer.CustomerProtocol.CustomerPage;
import dev.holdfast.commerce.customer.CustomerProtocol.Customers;
import dev.holdfast.commerce.customer.CustomerProtocol.Erase;
import dev.holdfast.commerce.customer.CustomerProtocol.Kind;
import dev.holdfast.commerce.customer.CustomerProtocol.Register;
import dev.holdfast.commerce.customer.CustomerProtocol.Registered;
import dev.holdfast.commerce.customer.CustomerProtocol.SetStatus;
import dev.holdfast.commerce.customer.CustomerProtocol.Status;
import dev.holdfast.kernel.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Customers over HTTP. */
final class CustomerRoutes {
  private static final String LIST = "customers";

  private final Agents agents;
  private final Pages pages;

  CustomerRoutes(Agents agents, Pages pages) {
    this.agents = agents;
    this.pages = pages;
  }

  Map<String, Function<ApiCall, Future<ApiAnswer>>> handlers() {
    return Map.of(
        "registerCustomer", this::register,
        "listCustomers", this::list,
        "getCustomer", this::get,
        "setCustomerStatus", this::setStatus,
        "eraseCustomer", this::erase);
  }

  private Future<ApiAnswer> register(ApiCall call) {
    JsonObject body = call.body();
    String id = body.getString("id");
    Register register =
        new Register(
            call.merchant(),
            id,
            body.getString("email"),
            body.getString("name"),
            Form.choice(body, "kind", Kind.class),
            Form.address(body.getJsonObject("address")),
            Form.time(body, "registeredAt", agents.clock().now()));
    String segment = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    return agents
        .done(call, register)
        .map(registered -> ApiAnswer.of(201, json(registered)).at("/customers/" + segment));
  }

  private Future<ApiAnswer> list(ApiCall call) {
    return agents
        .query(call, new CustomerPage(call.merchant(), pages.after(call, LIST), call.limit()))
        .map(Customers::customers)
        .map(
            customers ->
                pages.page(
                    call,
                    LIST,
                    customers,
                    CustomerRoutes::json,
                    customer -> List.of(customer.customer())));
  }

  private Future<ApiAnswer> get(ApiCall call) {
    String id = call.path("id");
    if (call.customer().isPresent() && !call.customer().get().equals(id)) {
      return Future.failedFuture(
          new QueryRefused(Refusal.notFound("unknown_customer", "There is no such customer.")));
    }
    return agents
        .query(call, new CustomerById(call.merchant(), id))
        .map(customer -> call.versioned(json(customer), customer.version()));
  }

  private Future<ApiAnswer> setStatus(ApiCall call) {
    SetStatus set =
        new SetStatus(
            call.merchant(),
            call.path("id"),
            Form.choice(call.body(), "status", Status.class),
            call.body().getString("reason"));
    return agents.done(call, set).map(CustomerRoutes::json).map(ApiAnswer::ok);
  }

  private Future<ApiAnswer> erase(ApiCall call) {
    return agents
        .done(call, new Erase(call.merchant(), call.path("id")))
        .map(CustomerRoutes::json)
        .map(ApiAnswer::ok);
  }

  private static JsonObject json(Registered registered) {
    return new JsonObject().put("id", registered.customer()).put("version", registered.version());
  }

  private static JsonObject json(Customer customer) {
    return Form.present(
        new JsonObject()
            .put("id", customer.customer())
            .put("email", customer.email())
            .put("name", customer.name())
            .put("kind", customer.kind().name())
            .put("status", customer.status().name())
            .put("address", Form.address(customer.address()))
            .put("tier", customer.tier().name())
            .put("points", customer.points())
            .put("orders", customer.orders())
            .put("lifetimeMinor", customer.lifetimeMinor())
            .put("registeredAt", Form.text(customer.registeredAt()))
            .put("version", customer.version()));
  }
}
