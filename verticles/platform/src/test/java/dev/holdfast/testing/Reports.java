package dev.holdfast.testing;

import dev.holdfast.agent.LaneErrors;
import dev.holdfast.bus.BusErrors;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.errors.ErrorTable;
import dev.holdfast.guard.GuardErrors;
import dev.holdfast.kernel.Clock;
import dev.holdfast.postgres.DatabaseErrors;
import dev.holdfast.stream.KafkaErrors;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.web.HttpErrors;
import java.util.List;

/** Reports of errors that nobody asks about. */
public final class Reports {
  private Reports() {}

  /** Reports with the table of the platform's errors and meters of their own. */
  public static ErrorReports of(Clock clock) {
    ErrorTable table =
        new ErrorTable(
            List.of(
                new DatabaseErrors(),
                new KafkaErrors(),
                new GuardErrors(),
                new BusErrors(),
                new LaneErrors(),
                new HttpErrors()));
    return new ErrorReports(table, clock, new Meters());
  }
}
