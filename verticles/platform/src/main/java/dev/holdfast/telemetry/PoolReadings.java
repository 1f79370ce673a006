package dev.holdfast.telemetry;

/** A database pool's own counts since it was made, read on any thread whenever somebody looks. */
public interface PoolReadings {
  /** Connections open or being opened. */
  int connections();

  /** Connections lent out. */
  int inUse();

  /** Callers that wait for a connection. */
  int waiting();

  /** Connections dropped because a deadline passed or the server was gone. */
  long cuts();

  /** Transactions whose COMMIT was not answered. */
  long commitsUnknown();

  /** Statements sent, BEGIN and COMMIT included. */
  long statements();
}
