package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class ProblemTest {
  @Test
  void a_refusal_keeps_its_code_and_sentence() {
    JsonObject body = Problem.of(Refusal.conflict("out_of_stock", "None left.")).toJson();
    assertEquals(409, body.getInteger("status"));
    assertEquals("out_of_stock", body.getString("code"));
    assertEquals("None left.", body.getString("detail"));
    assertEquals("Conflict", body.getString("title"));
    assertFalse(body.getBoolean("retryable"));
  }

  @Test
  void each_kind_of_refusal_has_its_status() {
    assertEquals(422, Problem.of(Refusal.invalid("bad", "Bad.")).status());
    assertEquals(404, Problem.of(Refusal.notFound("gone", "Gone.")).status());
  }

  @Test
  void an_outage_is_retryable_and_keeps_its_message_to_itself() {
    Problem problem = Problem.of(new Unavailable("pool_exhausted", "pool orders on 10.0.0.7"));
    assertEquals(503, problem.status());
    assertTrue(problem.retryable());
    assertTrue(problem.retryAfterSeconds() > 0);
    assertFalse(problem.toJson().encode().contains("10.0.0.7"));
  }

  @Test
  void a_passed_deadline_is_a_gateway_timeout() {
    assertEquals(504, Problem.of(Unavailable.deadlinePassed("payment")).status());
  }

  @Test
  void a_parked_command_conflicts() {
    Problem problem = Problem.known(new Parked("poison")).orElseThrow();
    assertEquals(409, problem.status());
    assertEquals("parked", problem.code());
  }

  @Test
  void a_bug_is_no_known_problem() {
    assertTrue(Problem.known(new IllegalStateException("broken")).isEmpty());
    assertTrue(Problem.known(null).isEmpty());
  }
}
