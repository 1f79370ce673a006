package dev.holdfast.telemetry;

import java.util.Locale;

/** What a request passes, from outside in; and what stands beside it. */
public enum Layer {
  /** Listeners, the public API's and others. */
  HTTP,
  /** Asks of agents, from their arrival to the answer. */
  BUS,
  /** Transactions of lanes. */
  LANE,
  /** Statements. */
  DATABASE,
  /** Sends to the broker. */
  KAFKA,
  /** Calls to partners. */
  PARTNER;

  /** As labels and answers have it: lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
