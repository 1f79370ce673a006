package dev.holdfast.recovery;

import java.util.List;

/**
 * Which rung is taken.
 *
 * @param rung the one that is taken
 * @param rule the figures that led to it
 * @param refused the others, each with why it is not taken
 */
public record Choice(RungName rung, String rule, List<String> refused) {
  public Choice {
    refused = List.copyOf(refused);
  }
}
