package dev.holdfast.stream;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * How an event travels: CloudEvents 1.0 in Kafka's binary mode. What it is about stands in headers
 * ({@code ce_…}), the key is the aggregate, the value is the JSON as it was stored.
 */
final class Envelope {
  static final String ID = "ce_id";
  static final String TYPE = "ce_type";
  static final String SOURCE = "ce_source";
  static final String SUBJECT = "ce_subject";
  static final String TIME = "ce_time";
  static final String SPEC_VERSION = "ce_specversion";
  static final String MERCHANT = "ce_merchant";
  static final String VERSION = "ce_version";
  static final String CAUSED_BY = "ce_causedby";
  static final String CONTENT_TYPE = "content-type";

  /** W3C Trace Context, under the name that other readers of the topic look for. */
  static final String TRACEPARENT = "traceparent";

  /** What a decoder that is not strict puts in place of bad bytes. */
  private static final char REPLACEMENT = '\uFFFD';

  private static final byte[] SPEC_1_0 = utf8("1.0");
  private static final byte[] JSON = utf8("application/json");

  private Envelope() {}

  /** The message of a row that is part of nothing that is seen. */
  static ProducerRecord<byte[], byte[]> seal(OutboxRow row) {
    return seal(row, null);
  }

  /**
   * The message of a row.
   *
   * @param traceparent what the telling of it is a part of, or null
   */
  static ProducerRecord<byte[], byte[]> seal(OutboxRow row, String traceparent) {
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(row.topic(), utf8(row.aggregate()), utf8(row.body()));
    message
        .headers()
        .add(SPEC_VERSION, SPEC_1_0)
        .add(ID, utf8(row.eventId().toString()))
        .add(TYPE, utf8(row.type()))
        .add(SOURCE, utf8("/holdfast/" + row.topic()))
        .add(SUBJECT, utf8(row.aggregate()))
        .add(TIME, utf8(row.occurredAt().toString()))
        .add(MERCHANT, utf8(Integer.toString(row.merchant())))
        .add(VERSION, utf8(Long.toString(row.version())))
        .add(CAUSED_BY, utf8(row.causedBy().toString()))
        .add(CONTENT_TYPE, JSON);
    if (traceparent != null) {
      message.headers().add(TRACEPARENT, utf8(traceparent));
    }
    return message;
  }

  /**
   * The event in a message.
   *
   * @throws Unreadable when a header or the value is missing or is not what it should be
   */
  static Received open(ConsumerRecord<byte[], byte[]> message) {
    Headers headers = message.headers();
    return new Received(
        message.topic(),
        message.partition(),
        message.offset(),
        read(headers, MERCHANT, Envelope::merchant),
        read(headers, SUBJECT, Function.identity()),
        read(headers, VERSION, Long::valueOf),
        read(headers, ID, UUID::fromString),
        read(headers, TYPE, Function.identity()),
        read(headers, TIME, Instant::parse),
        read(headers, CAUSED_BY, UUID::fromString),
        text("the value", message.value()),
        textOrNull(headers, TRACEPARENT));
  }

  private static Integer merchant(String text) {
    int merchant = Integer.parseInt(text);
    if (merchant < 1) {
      throw new IllegalArgumentException("merchants begin with 1");
    }
    return merchant;
  }

  /**
   * A header's text, or null when it is not there or no text; for messages that can't be opened.
   */
  static String textOrNull(Headers headers, String name) {
    if (headers.lastHeader(name) == null) {
      return null;
    }
    try {
      return read(headers, name, Function.identity());
    } catch (Unreadable noText) {
      return null;
    }
  }

  private static <T> T read(Headers headers, String name, Function<String, T> parse) {
    Header header = headers.lastHeader(name);
    if (header == null) {
      throw new Unreadable("header " + name + " is missing");
    }
    String text = text("header " + name, header.value());
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException | DateTimeParseException notParsed) {
      throw new Unreadable("header " + name + " is not what it should be");
    }
  }

  /** Strictly: a decoder that replaces bad bytes would let two different texts become one. */
  static String text(String what, byte[] bytes) {
    if (bytes == null) {
      throw new Unreadable(what + " is missing");
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf(REPLACEMENT) < 0 ? text : strictly(what, bytes);
  }

  /** Tells bad bytes from a replacement character that was written. */
  private static String strictly(String what, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException notText) {
      throw new Unreadable(what + " is not UTF-8");
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
