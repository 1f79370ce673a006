package dev.holdfast.supervision;

/**
 * What a child has done and has to do.
 *
 * @param waiting pieces of work that wait
 * @param ended pieces that came to an end, well or not, since the process began; never less
 */
public record Progress(long waiting, long ended) {
  /** Of a child that keeps no count. */
  public static final Progress NONE = new Progress(0, 0);
}
