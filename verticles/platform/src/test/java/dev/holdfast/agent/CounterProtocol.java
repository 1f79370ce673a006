package dev.holdfast.agent;

import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Event;
import dev.holdfast.kernel.Query;

/** What may be said to the agent that the tests count with. */
public interface CounterProtocol {

  sealed interface CounterCommand<R> extends Command<R> {
    String counter();

    @Override
    default int merchant() {
      return 1;
    }
  }

  /** Adds; refused beyond 100. A script may make the agent throw, or its statement fail. */
  record Add(String counter, String key, long amount, Script script)
      implements CounterCommand<Added> {
    @Override
    public String parkingKey() {
      return key;
    }
  }

  enum Script {
    WELL,
    THROW,
    BAD_STATEMENT,
    OUTSIDE
  }

  record Added(String counter, long total) {}

  /** Takes what the forward command added away again. */
  record Subtract(String counter, String key, long amount) implements CounterCommand<Added> {
    @Override
    public String parkingKey() {
      return key;
    }
  }

  record Total(String counter) implements Query<Added> {
    @Override
    public int merchant() {
      return 1;
    }
  }

  record Counted(int merchant, String aggregate, long version, long amount) implements Event {}
}
