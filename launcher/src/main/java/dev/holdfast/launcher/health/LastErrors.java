package dev.holdfast.launcher.health;

import dev.holdfast.errors.ErrorReport;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.kernel.ErrorCategory;
import dev.holdfast.kernel.ErrorCode;
import dev.holdfast.kernel.ErrorSeverity;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The last failure of each agent, refusals apart: its code, where and when. Safe on any thread. */
public final class LastErrors {
  private final Map<String, ErrorReport> byAgent = new ConcurrentHashMap<>();

  /** Hears of failures from now on. */
  public LastErrors(ErrorReports reports) {
    reports.hear(EnumSet.allOf(ErrorCategory.class), ErrorSeverity.LOW, this::hear);
  }

  private void hear(ErrorReport report) {
    if (report.code().kind() != ErrorCode.Kind.REFUSAL) {
      byAgent.put(report.agent(), report);
    }
  }

  /** The last one where this agent failed. */
  public Optional<ErrorReport> of(String agent) {
    return Optional.ofNullable(byAgent.get(agent));
  }
}
