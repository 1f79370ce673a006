package dev.holdfast.agent;

import dev.holdfast.kernel.Command;

/** What may be said to the agent whose forward commands make rows that its undos look for. */
public interface SeatProtocol {

  sealed interface SeatCommand<R> extends Command<R> {
    String hall();

    String seat();

    @Override
    default int merchant() {
      return 1;
    }

    @Override
    default String parkingKey() {
      return seat();
    }
  }

  /** Takes a seat that nobody has. */
  record Take(String hall, String seat) implements SeatCommand<Taken> {}

  record Taken(String seat) {}

  /** Gives a seat back, as far as it is seen to be taken. */
  record GiveBack(String hall, String seat) implements SeatCommand<GivenBack> {}

  record GivenBack(boolean wasTaken) {}
}
