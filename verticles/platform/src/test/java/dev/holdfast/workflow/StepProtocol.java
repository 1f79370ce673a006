package dev.holdfast.workflow;

import dev.holdfast.kernel.Command;

/** What may be said to the agent that the tests' runs ask. */
interface StepProtocol {

  sealed interface StepCommand extends Command<Taken> {
    @Override
    default int merchant() {
      return 1;
    }

    @Override
    default String parkingKey() {
      return "thing";
    }
  }

  record First() implements StepCommand {}

  record TakeFirstBack() implements StepCommand {}

  record Second() implements StepCommand {}

  record Third() implements StepCommand {}

  record Close() implements StepCommand {}

  record Taken() {}
}
