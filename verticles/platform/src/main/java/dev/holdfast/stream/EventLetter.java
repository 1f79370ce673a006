package dev.holdfast.stream;

import dev.holdfast.deadletter.DeadLetter;
import dev.holdfast.deadletter.Fingerprint;
import dev.holdfast.deadletter.Replayer.Contents;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.DerivedId;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * A record of a topic as a dead letter, whatever is in it, and back. Texts stay readable; bytes
 * that are no text are kept in Base64.
 */
final class EventLetter {
  /** The type of a record that does not say its own. */
  static final String UNKNOWN = "unknown";

  private static final String TEXT = "text";
  private static final String BYTES = "base64";

  private EventLetter() {}

  /**
   * The letter of a record. Its key is kept apart from the keys of commands: an event that can't be
   * handled holds up no command.
   */
  static DeadLetter of(
      String agent,
      ConsumerRecord<byte[], byte[]> message,
      Throwable cause,
      int attempts,
      Instant now) {
    String place = message.topic() + "/" + message.partition() + "@" + message.offset();
    LocalDate day =
        LocalDate.ofInstant(Instant.ofEpochMilli(Math.max(0, message.timestamp())), ZoneOffset.UTC);
    return new DeadLetter(
        DeadLetter.Kind.EVENT,
        agent,
        "event:" + subject(message).orElse(place),
        new CommandId(DerivedId.of("event-letter", agent, place, eventId(message)), day),
        merchant(message),
        header(message, Envelope.TYPE).orElse(UNKNOWN),
        write(message),
        place,
        cause instanceof Unreadable
            ? Fingerprint.ofText("unreadable: " + cause.getMessage())
            : Fingerprint.of(cause),
        attempts,
        now);
  }

  private static Optional<String> subject(ConsumerRecord<byte[], byte[]> message) {
    return header(message, Envelope.SUBJECT);
  }

  /** A topic that was made anew begins with the same places again. */
  private static String eventId(ConsumerRecord<byte[], byte[]> message) {
    return header(message, Envelope.ID).orElse(Long.toString(message.timestamp()));
  }

  private static int merchant(ConsumerRecord<byte[], byte[]> message) {
    try {
      return header(message, Envelope.MERCHANT).map(Integer::parseInt).orElse(0);
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }

  /** PostgreSQL's texts hold no zero bytes. */
  private static Optional<String> header(ConsumerRecord<byte[], byte[]> message, String name) {
    return Optional.ofNullable(Envelope.textOrNull(message.headers(), name))
        .map(text -> text.replace('\0', '?'));
  }

  private static String write(ConsumerRecord<byte[], byte[]> message) {
    JsonObject headers = new JsonObject();
    for (Header header : message.headers()) {
      headers.put(header.key(), value(header.value()));
    }
    return new JsonObject()
        .put("topic", message.topic())
        .put("partition", message.partition())
        .put("offset", message.offset())
        .put("timestamp", message.timestamp())
        .put("key", value(message.key()))
        .put("headers", headers)
        .put("value", value(message.value()))
        .encode();
  }

  private static JsonObject value(byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return new JsonObject().put(TEXT, Envelope.text("", bytes));
    } catch (Unreadable notText) {
      return new JsonObject().put(BYTES, Base64.getEncoder().encodeToString(bytes));
    }
  }

  /** What a person sees of it: texts as they are, anything else in Base64. */
  static Contents contents(DeadLetter letter) {
    JsonObject body = new JsonObject(letter.body());
    Map<String, String> headers = new TreeMap<>();
    for (Map.Entry<String, Object> header : body.getJsonObject("headers")) {
      headers.put(header.getKey(), shown((JsonObject) header.getValue()));
    }
    headers.put("kafka-key", shown(body.getJsonObject("key")));
    return new Contents(headers, shown(body.getJsonObject("value")));
  }

  private static String shown(JsonObject value) {
    if (value == null) {
      return "";
    }
    return value.getString(TEXT, value.getString(BYTES));
  }

  /** The record that a letter of {@link #of} was made of. */
  static ConsumerRecord<byte[], byte[]> read(DeadLetter letter) {
    JsonObject body = new JsonObject(letter.body());
    RecordHeaders headers = new RecordHeaders();
    for (Map.Entry<String, Object> header : body.getJsonObject("headers")) {
      headers.add(header.getKey(), bytes((JsonObject) header.getValue()));
    }
    byte[] key = bytes(body.getJsonObject("key"));
    byte[] value = bytes(body.getJsonObject("value"));
    return new ConsumerRecord<>(
        body.getString("topic"),
        body.getInteger("partition"),
        body.getLong("offset"),
        body.getLong("timestamp"),
        TimestampType.CREATE_TIME,
        length(key),
        length(value),
        key,
        value,
        headers,
        Optional.empty());
  }

  private static int length(byte[] bytes) {
    return bytes == null ? -1 : bytes.length;
  }

  private static byte[] bytes(JsonObject value) {
    if (value == null) {
      return null;
    }
    String text = value.getString(TEXT);
    return text == null
        ? Base64.getDecoder().decode(value.getString(BYTES))
        : text.getBytes(StandardCharsets.UTF_8);
  }
}
