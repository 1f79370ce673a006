package dev.holdfast.web;

/**
 * How much JSON a request may bring.
 *
 * @param bytes the document, in bytes
 * @param tokens braces, brackets, names and values together
 * @param depth nested objects and arrays
 * @param stringChars one string
 * @param nameChars one field name
 * @param numberChars one number
 */
public record JsonLimits(
    int bytes, int tokens, int depth, int stringChars, int nameChars, int numberChars) {

  /**
   * For the platform's API. An order of 1,200 lines with sixteen fields a line has 40,800 tokens
   * and some 400 KiB.
   */
  public static final JsonLimits DEFAULTS =
      new JsonLimits(512 * 1024, 45_000, 32, 64 * 1024, 256, 64);

  public JsonLimits {
    if (bytes < 2 || tokens < 2 || depth < 1) {
      throw new IllegalArgumentException("limits must leave room for {}");
    }
    if (stringChars < 1 || nameChars < 1 || numberChars < 1) {
      throw new IllegalArgumentException("limits must leave room for one character");
    }
  }
}
