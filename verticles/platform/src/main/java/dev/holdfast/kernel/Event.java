package dev.holdfast.kernel;

/**
 * News of something that happened, told to whoever wants it. It carries opaque ids and figures,
 * never personal data.
 */
public interface Event {
  /** The tenant it happened to; 1 or more. */
  int merchant();

  /** What it happened to; events of one aggregate keep their order. */
  String aggregate();

  /** The aggregate's version that this event made; grows by one or more with each event of it. */
  long version();
}
