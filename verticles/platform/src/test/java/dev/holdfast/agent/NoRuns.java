package dev.holdfast.agent;

import dev.holdfast.bus.Ask;
import dev.holdfast.postgres.Tx;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** For lanes without workflows. */
public final class NoRuns implements Runs {
  @Override
  public void insert(Tx tx, List<RunStart> starts, Instant now, LocalDate on) {}

  @Override
  public Optional<Ask<?>> firstAsk(RunStart start, LocalDate on) {
    return Optional.empty();
  }

  @Override
  public void signal(Tx tx, List<RunSignal> signals, Instant now) {}

  @Override
  public void committed(List<Started> started, List<RunSignal> signals) {}
}
