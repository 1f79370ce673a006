package dev.holdfast.commerce.api;

import static dev.holdfast.commerce.api.GatewayStage.code;
import static dev.holdfast.commerce.api.GatewayStage.detail;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.order.OrderProtocol.Placed;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.degradation.Admission;
import dev.holdfast.degradation.AdmissionControl;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What could not be kept is refused at the door. */
class AdmissionTest {
  private static final Duration REQUEST = Duration.ofSeconds(3);
  private static GatewayStage stage;

  @BeforeAll
  static void open() throws Exception {
    stage = new GatewayStage(REQUEST, Duration.ofMillis(300));
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
  }

  @Test
  void what_could_not_be_kept_is_503_with_retry_after_and_no_agent_is_asked() throws Exception {
    stage.clear();
    stage.admissions =
        (agent, operation, writes) ->
            new Admission.Refuse("writes_off", "Nothing is written now.", Duration.ofMillis(2_500));
    HttpResponse<String> answer =
        stage.post(Role.MERCHANT, "/orders", "a1", Bodies.order(1).encode());
    assertEquals(503, answer.statusCode(), answer.body());
    assertEquals("writes_off", code(answer));
    assertEquals("Nothing is written now.", detail(answer));
    assertEquals(true, new JsonObject(answer.body()).getBoolean("retryable"));
    assertEquals("3", answer.headers().firstValue("Retry-After").orElse(""));
    assertEquals(List.of(), stage.asked);
  }

  @Test
  void the_control_is_told_whose_operation_it_is_and_whether_it_writes() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    AdmissionControl all = AdmissionControl.ALWAYS;
    stage.admissions =
        (agent, operation, writes) -> {
          asked.add(agent + "/" + operation + "/" + writes);
          return all.admit(agent, operation, writes);
        };
    stage.done(Place.class, new Placed(Bodies.ORDER, Bodies.RUN, new Money(2034, "GBP")), false);
    stage.tells(201, Bodies.confirmed());
    assertEquals(
        201, stage.post(Role.MERCHANT, "/orders", "a2", Bodies.order(1).encode()).statusCode());
    stage.get(Role.MERCHANT, "/orders");
    assertEquals(List.of("order/placeOrder/true", "order/listOrders/false"), asked);
  }
}
