package dev.holdfast.commerce.shared;

import dev.holdfast.kernel.Refusal;
import java.util.Comparator;
import java.util.UUID;

/**
 * The number that a document bears where it comes from; unique for ever with merchant and source.
 */
public record DocumentNumber(int merchant, String source, String number)
    implements Comparable<DocumentNumber> {
  private static final Comparator<DocumentNumber> ORDER =
      Comparator.comparingInt(DocumentNumber::merchant)
          .thenComparing(DocumentNumber::source)
          .thenComparing(DocumentNumber::number);

  /** The number, or null for a document that bears none. */
  public static DocumentNumber orNull(int merchant, String source, String number) {
    return number == null ? null : new DocumentNumber(merchant, source, number);
  }

  /**
   * What is wrong with a source and a number there, or null. A number needs the name of its source;
   * that name may stand alone.
   */
  public static Refusal check(String source, String number) {
    return number == null
        ? Field.textOrNull("source", source, Field.MAX_NUMBER)
        : checkBoth(source, number);
  }

  /** What is wrong with a source and a number that must both be there, or null. */
  public static Refusal checkBoth(String source, String number) {
    return Field.first(
        () -> Field.text("source", source, Field.MAX_NUMBER),
        () -> Field.text("externalNumber", number, Field.MAX_NUMBER));
  }

  /**
   * The refusal of a document whose number is taken: {@code already_recorded} (conflict).
   *
   * @param what has it, such as {@code order}
   */
  public Refusal isTakenBy(String what, UUID holder) {
    return Refusal.conflict(
        "already_recorded", "Number %s of %s is %s %s.".formatted(number, source, what, holder));
  }

  @Override
  public int compareTo(DocumentNumber other) {
    return ORDER.compare(this, other);
  }
}
