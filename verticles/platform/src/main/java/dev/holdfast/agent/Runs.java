package dev.holdfast.agent;

import dev.holdfast.postgres.Tx;
import java.time.Instant;
import java.util.List;

/** Where lanes leave the workflow runs to be started and what runs are told. */
public interface Runs {
  /**
   * Sends the statement that enters the runs, in the transaction of the commands that want them.
   */
  void insert(Tx tx, List<RunStart> starts, Instant now);

  /** Sends the statement that enters the signals; the first under a name counts. */
  void signal(Tx tx, List<RunSignal> signals, Instant now);

  /** Tells that they are committed, so that nobody has to wait for the next poll. A hint only. */
  void committed(List<RunStart> starts, List<RunSignal> signals);
}
