package dev.holdfast.chaos;

/** The servers that the platform lives on. */
public enum Server {
  /** The truth. */
  POSTGRES,
  /** The news. */
  KAFKA
}
