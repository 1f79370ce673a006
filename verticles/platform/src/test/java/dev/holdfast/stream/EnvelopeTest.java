package dev.holdfast.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.deadletter.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  private static final OutboxRow ROW =
      new OutboxRow(
          7,
          "order_events",
          "order-£1",
          3,
          new UUID(1, 2),
          "order.Placed",
          Instant.parse("2026-11-03T10:00:00.123456Z"),
          new UUID(3, 4),
          "{\"units\":3}");

  @Test
  void an_event_comes_out_as_it_went_in() {
    Received event = Envelope.open(arrived(Envelope.seal(ROW)));
    assertEquals(
        new Received(
            "order_events",
            2,
            42,
            7,
            "order-£1",
            3,
            new UUID(1, 2),
            "order.Placed",
            Instant.parse("2026-11-03T10:00:00.123456Z"),
            new UUID(3, 4),
            "{\"units\":3}"),
        event);
  }

  @Test
  void it_travels_as_a_cloud_event_under_its_aggregate() {
    ProducerRecord<byte[], byte[]> message = Envelope.seal(ROW);
    assertEquals("order-£1", new String(message.key(), StandardCharsets.UTF_8));
    assertEquals("1.0", Envelope.textOrNull(message.headers(), "ce_specversion"));
    assertEquals("order.Placed", Envelope.textOrNull(message.headers(), "ce_type"));
    assertEquals("/holdfast/order_events", Envelope.textOrNull(message.headers(), "ce_source"));
    assertEquals("2026-11-03T10:00:00.123456Z", Envelope.textOrNull(message.headers(), "ce_time"));
    assertEquals("application/json", Envelope.textOrNull(message.headers(), "content-type"));
  }

  @Test
  void bad_bytes_are_refused_and_a_replacement_character_that_was_written_is_text() {
    byte[] bad = {'A', (byte) 0xC3, '('};
    Unreadable refused = assertThrows(Unreadable.class, () -> Envelope.text("the value", bad));
    assertTrue(refused.getMessage().contains("the value"), refused.getMessage());
    byte[] written = "A\uFFFD(".getBytes(StandardCharsets.UTF_8);
    assertEquals("A\uFFFD(", Envelope.text("the value", written));
  }

  @Test
  void a_message_that_lacks_a_header_is_named_by_it() {
    ProducerRecord<byte[], byte[]> message = Envelope.seal(ROW);
    message.headers().remove("ce_version");
    Unreadable refused = assertThrows(Unreadable.class, () -> Envelope.open(arrived(message)));
    assertTrue(refused.getMessage().contains("ce_version"), refused.getMessage());
  }

  @Test
  void headers_that_are_nonsense_are_not_quoted() {
    for (String header :
        new String[] {"ce_version", "ce_id", "ce_time", "ce_merchant", "ce_causedby"}) {
      ProducerRecord<byte[], byte[]> message = Envelope.seal(ROW);
      message.headers().remove(header).add(header, "Ada".getBytes(StandardCharsets.UTF_8));
      Unreadable refused = assertThrows(Unreadable.class, () -> Envelope.open(arrived(message)));
      assertTrue(refused.getMessage().contains(header), refused.getMessage());
      assertFalse(refused.getMessage().contains("Ada"), refused.getMessage());
    }
  }

  @Test
  void a_letter_gives_its_record_back_whatever_was_in_it() {
    byte[] noText = {(byte) 0xc3, 0x28, 0};
    Headers headers = new RecordHeaders().add("ce_type", noText).add("x", null);
    ConsumerRecord<byte[], byte[]> before =
        record(noText, "a\0b".getBytes(StandardCharsets.UTF_8), headers);
    DeadLetter letter =
        EventLetter.of(
            "order", before, new Unreadable("header ce_id is missing"), 1, Instant.EPOCH);
    ConsumerRecord<byte[], byte[]> after = EventLetter.read(letter);

    assertFalse(letter.body().contains("\0"));
    assertEquals("unknown", letter.type());
    assertEquals("order_events/2@42", letter.origin());
    assertArrayEquals(before.key(), after.key());
    assertArrayEquals(before.value(), after.value());
    assertArrayEquals(noText, after.headers().lastHeader("ce_type").value());
    assertEquals(before.offset(), after.offset());
  }

  @Test
  void the_letter_of_an_event_says_what_it_was() {
    DeadLetter letter =
        EventLetter.of(
            "fraud", arrived(Envelope.seal(ROW)), new IllegalStateException("x"), 3, Instant.EPOCH);
    assertEquals("order.Placed", letter.type());
    assertEquals("event:order-£1", letter.parkingKey());
    assertEquals(7, letter.merchant());
    assertEquals(3, letter.attempts());
    assertEquals(
        Envelope.open(arrived(Envelope.seal(ROW))), Envelope.open(EventLetter.read(letter)));
  }

  private static ConsumerRecord<byte[], byte[]> arrived(ProducerRecord<byte[], byte[]> message) {
    return record(message.key(), message.value(), message.headers());
  }

  private static ConsumerRecord<byte[], byte[]> record(byte[] key, byte[] value, Headers headers) {
    return new ConsumerRecord<>(
        "order_events",
        2,
        42,
        1_000,
        TimestampType.CREATE_TIME,
        1,
        1,
        key,
        value,
        headers,
        Optional.empty());
  }
}
