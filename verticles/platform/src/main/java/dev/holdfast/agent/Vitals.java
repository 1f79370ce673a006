package dev.holdfast.agent;

/** What an agent tells its supervisor of itself. Thread-safe and never blocking. */
public interface Vitals {
  /** The agent's event loop turns. */
  void beat(String agent);

  /** Something was thrown on the agent's context that no command can be blamed for. */
  void crashed(String agent, Throwable cause);
}
