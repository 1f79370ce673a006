package dev.holdfast.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/**
 * Ids that follow from what they name: whoever asks again arrives at the same one.
 *
 * <p>Version 5 UUIDs of RFC 9562 §5.5 (SHA-1 of a namespace and a name), and version 8 ones (§5.8)
 * for what begins at a known time or belongs to something that has an id. Rows whose ids begin
 * alike lie together in an index; rows whose ids are as good as random each touch a page of their
 * own.
 */
public final class DerivedId {
  /** Where a UUID has its version. */
  private static final long VERSION = 0xf000L;

  /** Only ever copied, so that threads may share it. */
  private static final MessageDigest BEHIND_NAMESPACE =
      behind(UUID.fromString("8b0f3f0e-6a51-5c0e-9a37-3f1d2f6c7a10"));

  /**
   * PostgreSQL's order of UUIDs: bytes compared unsigned. {@link UUID#compareTo} compares signed,
   * so rows sorted by it would be locked in another order than the database's.
   */
  public static final Comparator<UUID> DATABASE_ORDER =
      Comparator.<UUID, Long>comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
          .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

  private DerivedId() {}

  /**
   * The id of a thing of the given kind, named by the given parts.
   *
   * @param kind what is named, such as {@code "http"} or {@code "step"}
   * @param parts what tells one from another, in a fixed order; their {@code toString} counts
   * @return the same id for the same kind and parts, for ever
   */
  public static UUID of(String kind, Object... parts) {
    ByteBuffer hash = hash(kind, parts);
    long high = (hash.getLong() & ~VERSION) | 0x5000L;
    return new UUID(high, variant(hash.getLong()));
  }

  /**
   * The id of a thing that begins at a time. Its first 48 bits are that time in ms since 1970, as
   * in version 7 (RFC 9562 §5.7), so that what begins together lies on the same pages of an index.
   *
   * @param time when it begins, as whoever wants the thing says it: the same each time it is asked
   *     for
   * @param kind what is named, such as {@code "run"}
   * @param parts what tells one from another, in a fixed order; their {@code toString} counts
   * @return the same id for the same time, kind and parts, for ever
   */
  public static UUID at(Instant time, String kind, Object... parts) {
    ByteBuffer hash = hash(kind, parts);
    long ms = time.getEpochSecond() * 1_000 + time.getNano() / 1_000_000;
    long high = (ms << 16) | (hash.getLong() & ~VERSION & 0xffffL) | 0x8000L;
    return new UUID(high, variant(hash.getLong()));
  }

  /**
   * The id of a thing that belongs to another. Both begin with the same 60 bits, but for the
   * version, so that what belongs together lies on the same pages of an index.
   *
   * @param owner whose it is; an id of this class
   * @param kind what is named, such as {@code "step"}
   * @param parts what tells one of the owner's from another, in a fixed order
   * @return the same id for the same owner, kind and parts, for ever
   */
  public static UUID within(UUID owner, String kind, Object... parts) {
    Object[] all = new Object[parts.length + 1];
    all[0] = owner;
    System.arraycopy(parts, 0, all, 1, parts.length);
    long high = (owner.getMostSignificantBits() & ~VERSION) | 0x8000L;
    return new UUID(high, variant(hash(kind, all).getLong()));
  }

  private static long variant(long bits) {
    return (bits & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
  }

  private static ByteBuffer hash(String kind, Object... parts) {
    StringBuilder name = new StringBuilder(kind);
    for (Object part : parts) {
      String text = String.valueOf(part);
      // The length stands before each part, so that ("a", "b:c") and ("a:b", "c") differ.
      name.append('/').append(text.length()).append(':').append(text);
    }
    return ByteBuffer.wrap(sha1(name.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * SHA-1 of the namespace and a name; a copy of the state behind the namespace spares its set-up.
   */
  private static byte[] sha1(byte[] name) {
    try {
      return ((MessageDigest) BEHIND_NAMESPACE.clone()).digest(name);
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("Java's own SHA-1 can be cloned", impossible);
    }
  }

  private static MessageDigest behind(UUID namespace) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(
          ByteBuffer.allocate(16)
              .putLong(namespace.getMostSignificantBits())
              .putLong(namespace.getLeastSignificantBits())
              .array());
      return digest;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-1", impossible);
    }
  }
}
