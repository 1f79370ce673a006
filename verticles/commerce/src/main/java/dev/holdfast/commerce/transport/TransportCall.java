package dev.holdfast.commerce.transport;

import dev.holdfast.commerce.partners.CarrierGateway.CancelAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the first pass of a command has carriers asked, and what the second pass gets. */
sealed interface TransportCall {

  /**
   * Answered with a {@link Labelling}.
   *
   * @param keys one for each choice
   * @param choice where to begin
   * @param tries how often that one was tried
   */
  record AskLabel(
      List<LabelKey> keys, List<Choice> choices, int choice, int tries, String country, long grams)
      implements TransportCall {}

  /** What became of the wish for a label. */
  sealed interface Labelling {}

  /**
   * A carrier made it.
   *
   * @param choice counts on when the choices begin again, so that it tells which were tried
   */
  record Made(int choice, String carrier, String tracking) implements Labelling {}

  /**
   * Time was up; this is where to go on.
   *
   * @param choice counts on likewise
   */
  record NotYet(int choice, int tries) implements Labelling {}

  /** Every carrier refused. */
  record RefusedByAll(String lastCode) implements Labelling {}

  /** How far it came is written: the asker has to come again. Never answered. */
  record AskLater() implements TransportCall {}

  /** Answered with {@link TakenBack}. */
  record AskTakeBack(List<LabelKey> keys, Instant at) implements TransportCall {}

  /**
   * What the carriers said to each key.
   *
   * @param at when it was decided to ask
   */
  record TakenBack(Map<LabelKey, CancelAnswer> answers, Instant at) {}

  /** Answered with a {@code HandOverAnswer}. */
  record AskHandOver(String tracking) implements TransportCall {}
}
