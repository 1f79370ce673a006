package dev.holdfast.agent;

import dev.holdfast.kernel.Command;

/** What may be said to the agent that only writes down what reached it. */
public interface TrailProtocol {

  sealed interface TrailCommand<R> extends Command<R> {}

  /** Step {@code number} of an aggregate; the steps of one aggregate come in their order. */
  record Walk(String aggregate, int number) implements TrailCommand<Walked> {
    @Override
    public int merchant() {
      return 1;
    }

    @Override
    public String parkingKey() {
      return aggregate;
    }
  }

  record Walked(int number) {}
}
