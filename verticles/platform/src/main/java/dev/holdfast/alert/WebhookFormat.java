package dev.holdfast.alert;

import dev.holdfast.kernel.Secret;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Documents for a receiver of one's own, signed after the Standard Webhooks specification: {@code
 * webhook-id} is the delivery's id and the same at every attempt, {@code webhook-timestamp} the
 * second of sending, {@code webhook-signature} {@code v1,} and the Base64 of HMAC-SHA256 over
 * {@code id.timestamp.body}.
 */
public final class WebhookFormat implements DocumentFormat {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String ENCODED = "whsec_";

  private final SecretKeySpec key;

  /**
   * @param secret its UTF-8 bytes are the key; after {@code whsec_} it is the key's Base64
   * @throws IllegalArgumentException when it is empty, or no Base64 where it should be
   */
  public WebhookFormat(Secret secret) {
    String text = secret.reveal();
    byte[] bytes =
        text.startsWith(ENCODED)
            ? Base64.getDecoder().decode(text.substring(ENCODED.length()))
            : text.getBytes(StandardCharsets.UTF_8);
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  @Override
  public Document document(Delivery delivery, Instant now) {
    Buffer body = body(delivery.what()).toBuffer();
    String id = delivery.id().toString();
    String timestamp = String.valueOf(now.getEpochSecond());
    return new Document(
        Map.of(
            "webhook-id", id,
            "webhook-timestamp", timestamp,
            "webhook-signature", "v1," + signature(id, timestamp, body)),
        body);
  }

  static JsonObject body(Notification what) {
    return new JsonObject()
        .put("type", "alert." + what.transition().label())
        .put("timestamp", what.at().toString())
        .put(
            "data",
            new JsonObject()
                .put("alert_id", what.alertId().toString())
                .put("fingerprint", what.fingerprint())
                .put("condition", what.condition())
                .put("subject", what.subject())
                .put("severity", what.severity().label())
                .put("text", what.text())
                .put("value", what.value())
                .put("count", what.count())
                .put("node", what.node())
                .put("first_seen", what.firstSeen().toString())
                .put("last_seen", what.lastSeen().toString())
                .put("by", what.by())
                .put("note", what.note()));
  }

  private String signature(String id, String timestamp, Buffer body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
    }
  }
}
