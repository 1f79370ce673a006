package dev.holdfast.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.alert.Notification.Transition;
import dev.holdfast.kernel.Secret;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What receivers are sent, against files made from their public documentation. */
@Tag("E-183")
class FormatsTest {
  private static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");
  private static final Runbooks RUNBOOKS = new Runbooks("https://run.example/");
  private static final Secret KEY = Secret.of("0123456789abcdef0123456789abcdef");

  private static Alert alert(String subject, String text) {
    return Alert.of(
            Observation.of("WorkerUnhealthy", subject, 1, text), Severity.CRITICAL, "n1", NINE)
        .asTold();
  }

  private static Notification told(Transition transition) {
    Alert alert = alert("order", "order is parked, <b> & gone");
    Alert shown =
        switch (transition) {
          case FIRING -> alert;
          case ACKNOWLEDGED -> alert.acknowledged(NINE, "ada");
          case RESOLVED -> alert.ended(NINE, Alert.AUTOMATIC, "");
        };
    return Notification.of(shown, transition, NINE);
  }

  private static JsonObject golden(String name) throws IOException {
    try (InputStream file = FormatsTest.class.getResourceAsStream("/alert/" + name + ".json")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return new JsonObject(
          text.replace("FINGERPRINT", Alert.fingerprint("WorkerUnhealthy", "order", "n1")));
    }
  }

  @Test
  void slack_is_sent_text_and_blocks() throws IOException {
    SlackFormat slack = new SlackFormat(RUNBOOKS);
    assertEquals(golden("slack-firing"), slack.message(told(Transition.FIRING)));
    assertEquals(golden("slack-resolved"), slack.message(told(Transition.RESOLVED)));
  }

  @Test
  void slack_is_told_who_looks_after_it_and_who_ended_it() {
    SlackFormat slack = new SlackFormat(new Runbooks(""));
    assertEquals(
        "ACKNOWLEDGED WorkerUnhealthy (order): ada looks after it. It was: order is parked,"
            + " &lt;b&gt; &amp; gone",
        slack.message(told(Transition.ACKNOWLEDGED)).getString("text"));
    Notification byHand =
        Notification.of(
            alert("order", "gone").ended(NINE, "ada", "unparked"), Transition.RESOLVED, NINE);
    assertEquals(
        "RESOLVED WorkerUnhealthy (order): Resolved by ada: unparked. It was: gone",
        slack.message(byHand).getString("text"));
  }

  @Test
  void nothing_is_longer_than_a_receiver_takes() {
    Notification longest =
        Notification.of(alert("s".repeat(900), "&".repeat(5_000)), Transition.FIRING, NINE);
    JsonObject slack = new SlackFormat(RUNBOOKS).message(longest);
    assertTrue(slack.getString("text").length() <= SlackFormat.SECTION_MAX);
    JsonObject header = slack.getJsonArray("blocks").getJsonObject(0).getJsonObject("text");
    assertEquals(SlackFormat.HEADER_MAX, header.getString("text").length());
    JsonObject said = slack.getJsonArray("blocks").getJsonObject(1).getJsonObject("text");
    assertTrue(said.getString("text").length() <= SlackFormat.SECTION_MAX);
    JsonObject event = new PagerDutyFormat(KEY, RUNBOOKS).event(longest);
    assertTrue(
        event.getJsonObject("payload").getString("summary").length()
            <= PagerDutyFormat.SUMMARY_MAX);
    assertTrue(event.getString("dedup_key").length() <= 255);
  }

  @Test
  void pagerduty_is_sent_events_that_one_key_joins() throws IOException {
    PagerDutyFormat pagerDuty = new PagerDutyFormat(KEY, RUNBOOKS);
    assertEquals(golden("pagerduty-trigger"), pagerDuty.event(told(Transition.FIRING)));
    assertEquals(golden("pagerduty-acknowledge"), pagerDuty.event(told(Transition.ACKNOWLEDGED)));
    assertEquals(golden("pagerduty-resolve"), pagerDuty.event(told(Transition.RESOLVED)));
  }

  @Test
  @Tag("E-177")
  void the_four_severities_are_those_of_pagerduty() {
    for (Severity severity : Severity.values()) {
      Notification what =
          Notification.of(alert("order", "gone").as(severity), Transition.FIRING, NINE);
      assertEquals(
          severity.label(),
          new PagerDutyFormat(KEY, RUNBOOKS)
              .event(what)
              .getJsonObject("payload")
              .getString("severity"));
    }
    assertEquals(
        "info warning error critical",
        String.join(" ", Arrays.stream(Severity.values()).map(Severity::label).toList()));
  }

  @Test
  void a_webhook_is_signed_over_id_time_and_body() {
    Delivery delivery = Delivery.of(told(Transition.FIRING), "webhook");
    Secret secret = Secret.of("whsec_MDEyMzQ1Njc4OWFiY2RlZg==");
    Document document = new WebhookFormat(secret).document(delivery, NINE.plusSeconds(5));
    assertEquals(delivery.id().toString(), document.headers().get("webhook-id"));
    assertEquals("1793610005", document.headers().get("webhook-timestamp"));
    assertEquals(
        "v1,I+76vL9YvlyQIlTlA8+xqc4Iy5GoZLrvelfukCYSOBk=",
        document.headers().get("webhook-signature"));
    assertEquals(
        document.headers(),
        new WebhookFormat(Secret.of("0123456789abcdef"))
            .document(delivery, NINE.plusSeconds(5))
            .headers());
    assertTrue(
        !document
            .headers()
            .get("webhook-signature")
            .equals(
                new WebhookFormat(Secret.of("0123456789abcdeg"))
                    .document(delivery, NINE.plusSeconds(5))
                    .headers()
                    .get("webhook-signature")));
  }

  @Test
  void a_webhook_is_told_all_there_is_to_know() {
    JsonObject body = WebhookFormat.body(told(Transition.RESOLVED));
    assertEquals("alert.resolved", body.getString("type"));
    assertEquals("2026-11-02T09:00:00Z", body.getString("timestamp"));
    JsonObject data = body.getJsonObject("data");
    assertEquals("critical", data.getString("severity"));
    assertEquals("automatic", data.getString("by"));
    assertEquals(
        Alert.fingerprint("WorkerUnhealthy", "order", "n1"), data.getString("fingerprint"));
  }
}
