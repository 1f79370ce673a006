package dev.holdfast.journal;

import dev.holdfast.bus.HttpKey;
import dev.holdfast.kernel.CommandId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * A command that was accepted while it could not be executed.
 *
 * @param id the id that it would have been asked under, and will be
 * @param key the requester's key; it fixes the id's day for whoever comes later
 * @param laneKey intents of one key are executed one after the other, in the order of acceptance
 * @param type the command's name, such as {@code order.Place}
 * @param payload the command as JSON; personal data, so it is erased when the intent has ended
 * @param condition what must still hold when it is executed, as its owner wrote it, or null
 * @param value for the limits
 * @param owner the customer who alone may see it besides the merchant, or null
 * @param acceptedAt platform time, whole milliseconds
 * @param traceparent the request that it was accepted for, or null when nobody wants to see that
 */
public record Intent(
    CommandId id,
    HttpKey key,
    String laneKey,
    String type,
    String payload,
    String condition,
    IntentValue value,
    String owner,
    Instant acceptedAt,
    String traceparent) {
  public Intent {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(laneKey, "laneKey");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(payload, "payload");
    Objects.requireNonNull(value, "value");
    acceptedAt = Instant.ofEpochMilli(acceptedAt.toEpochMilli());
  }

  /** One that is part of nothing that is seen. */
  public Intent(
      CommandId id,
      HttpKey key,
      String laneKey,
      String type,
      String payload,
      String condition,
      IntentValue value,
      String owner,
      Instant acceptedAt) {
    this(id, key, laneKey, type, payload, condition, value, owner, acceptedAt, null);
  }

  /** About how many bytes it takes. */
  long bytes() {
    return payload.length() + (condition == null ? 0L : condition.length());
  }

  /** CRC-32C over all that was accepted; what it is a part of decides nothing. */
  long checksum() {
    CRC32C sum = new CRC32C();
    for (Object part :
        new Object[] {
          id.value(),
          id.issuedOn(),
          key.merchant(),
          key.operation(),
          key.key(),
          key.fingerprint(),
          laneKey,
          type,
          payload,
          condition,
          value.minor(),
          value.currency(),
          owner,
          acceptedAt.toEpochMilli()
        }) {
      byte[] bytes = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
      sum.update(bytes);
      sum.update(0);
    }
    return sum.getValue();
  }
}
