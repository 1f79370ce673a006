package dev.holdfast.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CommitWatchTest {
  private final CommitWatch watch = new CommitWatch();

  private static byte[] message(String type, String body) {
    byte[] text = body.getBytes(StandardCharsets.ISO_8859_1);
    byte[] letter = type.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(letter.length + Integer.BYTES + text.length)
        .put(letter)
        .putInt(Integer.BYTES + text.length)
        .put(text)
        .array();
  }

  private static byte[] opening(int code) {
    return ByteBuffer.allocate(8).putInt(8).putInt(code).array();
  }

  private static byte[] together(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private void open() {
    assertFalse(watch.question(opening(196_608)));
  }

  @Test
  void a_simple_commit_is_seen_among_others_and_its_answer_found() {
    open();
    assertFalse(watch.question(message("Q", "SELECT 'COMMIT'\0")));
    assertTrue(watch.question(together(message("Q", "BEGIN\0"), message("Q", "commit;\0"))));
    byte[] before = message("C", "BEGIN\0");
    assertEquals(before.length, watch.answer(together(before, message("C", "COMMIT\0"))));
  }

  @Test
  void a_message_in_single_bytes_is_seen_at_its_last() {
    open();
    byte[] commit = message("Q", "COMMIT\0");
    for (int at = 0; at < commit.length; at++) {
      assertEquals(at == commit.length - 1, watch.question(new byte[] {commit[at]}));
    }
    byte[] answer = message("C", "COMMIT\0");
    for (int at = 0; at < answer.length; at++) {
      assertEquals(at == answer.length - 1 ? 0 : -1, watch.answer(new byte[] {answer[at]}));
    }
  }

  @Test
  void a_prepared_commit_is_seen_when_it_is_executed() {
    open();
    assertFalse(watch.question(message("P", "S_1\0COMMIT\0\0\0")));
    assertFalse(watch.question(message("B", "\0S_2\0\0\0\0\0\0\0")));
    assertFalse(watch.question(message("E", "\0\0\0\0\0")));
    assertFalse(watch.question(message("B", "\0S_1\0\0\0\0\0\0\0")));
    assertTrue(watch.question(message("E", "\0\0\0\0\0")));
    assertFalse(watch.question(message("P", "S_1\0SELECT 1\0\0\0")));
    assertFalse(watch.question(message("B", "\0S_1\0\0\0\0\0\0\0")));
    assertFalse(watch.question(message("E", "\0\0\0\0\0")));
  }

  @Test
  void a_refused_encryption_does_not_confuse_it() {
    assertFalse(watch.question(opening(80_877_103)));
    assertEquals(-1, watch.answer("N".getBytes(StandardCharsets.US_ASCII)));
    open();
    assertTrue(watch.question(message("Q", "COMMIT\0")));
    assertEquals(0, watch.answer(message("C", "COMMIT\0")));
  }

  @Test
  void long_messages_pass_without_being_kept() {
    open();
    assertFalse(watch.question(message("d", "COMMIT\0".repeat(10_000))));
    assertTrue(watch.question(message("Q", "COMMIT\0")));
  }
}
