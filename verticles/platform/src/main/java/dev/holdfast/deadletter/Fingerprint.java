package dev.holdfast.deadletter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What went wrong, so that letters with one cause are known as such. Made of the names of exception
 * classes and of our own methods: messages may hold personal data, and line numbers change with
 * every release.
 *
 * @param hash 16 hexadecimal digits, the same for the same classes and methods
 * @param summary the same for a person, in one line
 */
public record Fingerprint(String hash, String summary) {
  private static final String OURS = "dev.holdfast.";
  private static final int FRAMES = 3;
  private static final int CAUSES = 5;
  private static final int HASH_BYTES = 8;

  /** Compilers number lambdas anew whenever one is added before them. */
  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+)\\$\\d+");

  public Fingerprint {
    Objects.requireNonNull(hash, "hash");
    Objects.requireNonNull(summary, "summary");
  }

  /** Nothing went wrong with the message itself: one before it under its key is open. */
  public static Fingerprint behind() {
    return ofText("behind an earlier dead letter");
  }

  /** The fingerprint of a failure. */
  public static Fingerprint of(Throwable failure) {
    StringBuilder text = new StringBuilder();
    List<String> frames = List.of();
    Throwable at = failure;
    for (int depth = 0; at != null && depth < CAUSES; depth++, at = at.getCause()) {
      text.append(depth == 0 ? "" : " caused by ").append(at.getClass().getName());
      List<String> ours = frames(at, true);
      if (!ours.isEmpty()) {
        frames = ours;
      }
    }
    if (frames.isEmpty()) {
      frames = frames(failure, false);
    }
    frames.forEach(frame -> text.append(" at ").append(frame));
    return ofText(text.toString());
  }

  /** A fingerprint of something that was no exception; the text must hold no data of a message. */
  public static Fingerprint ofText(String summary) {
    return new Fingerprint(hash(summary), summary);
  }

  private static List<String> frames(Throwable failure, boolean oursOnly) {
    List<String> frames = new ArrayList<>(FRAMES);
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (frames.size() == FRAMES) {
        break;
      }
      if (!oursOnly || frame.getClassName().startsWith(OURS)) {
        frames.add(
            frame.getClassName() + "." + LAMBDA.matcher(frame.getMethodName()).replaceFirst("$1"));
      }
    }
    return frames;
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
