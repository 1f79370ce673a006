package dev.holdfast.agent;

import dev.holdfast.bus.Ask;
import dev.holdfast.bus.Continuation;
import dev.holdfast.postgres.Tx;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Where lanes leave the workflow runs to be started and what runs are told. */
public interface Runs {
  /**
   * A run that was started.
   *
   * @param on the day of its first segment
   * @param continuation that {@link #firstAsk} gave, or null
   */
  record Started(RunStart start, LocalDate on, Continuation continuation) {
    public Started {
      Objects.requireNonNull(start, "start");
      Objects.requireNonNull(on, "on");
    }
  }

  /**
   * Sends the statement that enters the runs, in the transaction of the commands that want them.
   *
   * @param on the day of their first segments
   */
  void insert(Tx tx, List<RunStart> starts, Instant now, LocalDate on);

  /**
   * What a run would ask first, so that it may share the transaction that starts the run. Any
   * thread.
   *
   * @param on the day of its first segment
   * @return with a continuation; empty when it begins with something else than a command
   */
  Optional<Ask<?>> firstAsk(RunStart start, LocalDate on);

  /** Sends the statement that enters the signals; the first under a name counts. */
  void signal(Tx tx, List<RunSignal> signals, Instant now);

  /** Tells that they are committed, so that nobody has to wait for the next poll. A hint only. */
  void committed(List<Started> started, List<RunSignal> signals);
}
