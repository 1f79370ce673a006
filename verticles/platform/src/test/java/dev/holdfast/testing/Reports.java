package dev.holdfast.testing;

import dev.holdfast.errors.ErrorReports;
import dev.holdfast.errors.ErrorTable;
import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.Meters;
import java.util.List;

/** Reports of errors that nobody asks about. */
public final class Reports {
  private Reports() {}

  /** Reports with a table of the kernel's errors and meters of their own. */
  public static ErrorReports of(Clock clock) {
    return new ErrorReports(new ErrorTable(List.of()), clock, new Meters());
  }
}
