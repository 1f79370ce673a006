package dev.holdfast.web;

import dev.holdfast.kernel.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where the next page begins, as an opaque text that only we can make. A cursor is bound to a scope
 * — the route, the tenant, the filters — and is refused under another one, so that nobody walks
 * somebody else's list with it. All nodes need the same key.
 */
public final class Cursors {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int MAC_BYTES = 16;
  private static final int TEXT_CHARS_MAX = 1_024;
  private static final int KEY_BYTES_MIN = 32;

  private final SecretKeySpec key;

  /**
   * @param key at least 32 bytes
   */
  public Cursors(Secret key) {
    if (key.bytes() < KEY_BYTES_MIN) {
      throw new IllegalArgumentException("cursors need a key of " + KEY_BYTES_MIN + " bytes");
    }
    this.key = new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /**
   * A cursor.
   *
   * @param scope what the list is: route, tenant, filters
   * @param position the sort keys of the last row shown, in order
   */
  public String encode(String scope, List<String> position) {
    byte[] body = body(position);
    byte[] whole =
        ByteBuffer.allocate(MAC_BYTES + body.length).put(mac(scope, body)).put(body).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
  }

  /**
   * The position that was encoded.
   *
   * @throws ProblemException 400 {@code invalid_cursor} when it is not ours, or of another scope
   */
  public List<String> decode(String scope, String cursor) {
    byte[] whole = bytes(cursor);
    if (whole.length < MAC_BYTES) {
      throw invalid();
    }
    ByteBuffer parts = ByteBuffer.wrap(whole);
    byte[] mac = new byte[MAC_BYTES];
    byte[] body = new byte[whole.length - MAC_BYTES];
    parts.get(mac).get(body);
    if (!MessageDigest.isEqual(mac, mac(scope, body))) {
      throw invalid();
    }
    return position(ByteBuffer.wrap(body));
  }

  private static byte[] bytes(String cursor) {
    if (cursor.length() > TEXT_CHARS_MAX) {
      throw invalid();
    }
    try {
      return Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException notBase64) {
      throw invalid();
    }
  }

  private static byte[] body(List<String> position) {
    List<byte[]> texts =
        position.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    ByteBuffer body =
        ByteBuffer.allocate(texts.stream().mapToInt(text -> Short.BYTES + text.length).sum());
    for (byte[] text : texts) {
      body.putShort((short) text.length).put(text);
    }
    if (body.capacity() > TEXT_CHARS_MAX / 2) {
      throw new IllegalArgumentException("a position of " + body.capacity() + " bytes is too long");
    }
    return body.array();
  }

  /** Only reached with a body of our own making. */
  private static List<String> position(ByteBuffer body) {
    List<String> position = new ArrayList<>();
    while (body.hasRemaining()) {
      byte[] text = new byte[body.getShort()];
      body.get(text);
      position.add(new String(text, StandardCharsets.UTF_8));
    }
    return position;
  }

  private byte[] mac(String scope, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] name = scope.getBytes(StandardCharsets.UTF_8);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).flip());
      mac.update(name);
      return Arrays.copyOf(mac.doFinal(body), MAC_BYTES);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
    }
  }

  private static ProblemException invalid() {
    return Problem.badRequest("invalid_cursor", "The cursor is not one that was given out here.")
        .asException();
  }
}
