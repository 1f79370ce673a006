package dev.holdfast.commerce.partners;

import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The carriers, each named by its code. A label is asked under a key of ours and made once under
 * it. Every future fails with {@link dev.holdfast.kernel.Unavailable} when the carrier can't be
 * asked or does not answer in time; whether it took effect is then open.
 */
public interface CarrierGateway {

  /**
   * Has a label made.
   *
   * @param key ours, at most 200 characters
   * @param carrier its code
   * @param country of destination, two capitals, or null where it is not known
   * @param grams 1 or more
   */
  Future<LabelAnswer> createLabel(
      String key, String carrier, String country, long grams, Deadline deadline);

  /** Takes the label of a key back. Asking again is harmless. */
  Future<CancelAnswer> cancelLabel(String key, Deadline deadline);

  /** What the carrier knows of a key; empty when no label was made under it so far. */
  Future<Optional<Label>> find(String key, Deadline deadline);

  /** Gives the parcel to the carrier, which begins to deliver. Asking again is harmless. */
  Future<HandOverAnswer> handOver(String tracking, Deadline deadline);

  /**
   * The carriers' books, in the order of their numbers.
   *
   * @param after the last number of the page before, 0 for the first
   * @param limit 1 to 1,000
   */
  Future<List<Label>> ledger(long after, int limit, Deadline deadline);

  /**
   * Who hears what the carriers tell by themselves. A notice is told again until the handler's
   * future succeeds.
   */
  void onNotice(Function<Notice, Future<?>> handler);

  /** The answer to a wish for a label. */
  sealed interface LabelAnswer {}

  /** The label is there. */
  record Labelled(Label label) implements LabelAnswer {}

  /**
   * The carrier makes no label for this parcel.
   *
   * @param code such as {@code not_served}
   */
  record LabelRefused(String code) implements LabelAnswer {}

  /**
   * A label.
   *
   * @param number grows
   * @param tracking see {@link LabelNumber}
   * @param data what a label printer takes (ZPL)
   */
  record Label(
      long number,
      String key,
      String carrier,
      String tracking,
      String data,
      boolean cancelled,
      Instant handedOverAt) {}

  /** The answer to a wish to take a label back. */
  enum CancelAnswer {
    /** It is void, since now or before. */
    CANCELLED,
    /** No label was made under that key so far. */
    NOT_FOUND,
    /** The parcel is on its way. */
    TOO_LATE
  }

  /** The answer to a parcel that is handed over. */
  sealed interface HandOverAnswer {}

  /** The carrier has it. */
  record Taken(Instant at) implements HandOverAnswer {}

  /**
   * The carrier does not take it.
   *
   * @param code {@code unknown_label} or {@code label_cancelled}
   */
  record NotTaken(String code) implements HandOverAnswer {}

  /** How far a parcel is. */
  enum Progress {
    PICKED_UP,
    DELIVERED
  }

  /**
   * What a carrier tells by itself.
   *
   * @param id the same for each telling
   * @param key ours
   */
  record Notice(String id, String key, String tracking, Progress progress, Instant at) {}
}
