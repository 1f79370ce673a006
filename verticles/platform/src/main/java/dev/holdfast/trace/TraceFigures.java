package dev.holdfast.trace;

/**
 * What became of ended spans since the start.
 *
 * @param exported the collector has them
 * @param failed the collector could not be reached, or refused them
 * @param dropped there was no room to keep them until they could be sent
 */
public record TraceFigures(long exported, long failed, long dropped) {
  /** Nothing was ended. */
  public static final TraceFigures NONE = new TraceFigures(0, 0, 0);
}
