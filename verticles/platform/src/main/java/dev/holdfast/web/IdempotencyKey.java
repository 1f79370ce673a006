package dev.holdfast.web;

import io.vertx.ext.web.RoutingContext;

/** The header by which a client says that two requests are one. */
public final class IdempotencyKey {
  public static final String HEADER = "Idempotency-Key";

  /** On an answer that was given before. */
  public static final String REPLAYED_HEADER = "Idempotent-Replayed";

  private static final int CHARS_MAX = 200;

  private IdempotencyKey() {}

  /**
   * The request's key: 1 to 200 visible ASCII characters.
   *
   * @throws ProblemException 400 {@code idempotency_key_missing} or {@code idempotency_key_invalid}
   */
  public static String of(RoutingContext context) {
    String key = context.request().getHeader(HEADER);
    if (key == null || key.isBlank()) {
      throw Problem.badRequest("idempotency_key_missing", "Send " + HEADER + " with every POST.")
          .asException();
    }
    boolean visible = key.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    if (key.length() > CHARS_MAX || !visible) {
      throw Problem.badRequest(
              "idempotency_key_invalid",
              HEADER + " is 1 to " + CHARS_MAX + " visible ASCII characters.")
          .asException();
    }
    return key;
  }
}
