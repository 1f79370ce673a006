package dev.holdfast.launcher.health;

import dev.holdfast.degradation.FeatureState;
import dev.holdfast.degradation.Standing;
import dev.holdfast.errors.ErrorReport;
import dev.holdfast.supervision.ChildState;
import dev.holdfast.supervision.Exit;
import dev.holdfast.supervision.Phase;
import dev.holdfast.telemetry.AgentHealth;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is said of one agent's life, level and features. */
public final class AgentFacts {
  private AgentFacts() {}

  /**
   * Where it is in its life, by the supervisor's word and its host's.
   *
   * @param seated whether an instance is there to answer
   * @param level of the agent, 0 to 4
   */
  public static AgentHealth.Status status(Phase phase, boolean seated, int level) {
    return switch (phase) {
      case STARTING, WAITING, BACKING_OFF -> AgentHealth.Status.STARTING;
      case STOPPING -> AgentHealth.Status.STOPPING;
      case PARKED -> AgentHealth.Status.ERROR;
      case ENDED, STOPPED -> AgentHealth.Status.STOPPED;
      case RUNNING -> {
        if (!seated) {
          yield AgentHealth.Status.STARTING;
        }
        yield level == 0 ? AgentHealth.Status.RUNNING : AgentHealth.Status.DEGRADED;
      }
    };
  }

  /** Its features, each {@code on}, {@code degraded} or {@code off}. */
  public static Map<String, String> features(String agent, List<FeatureState> all) {
    Map<String, String> own = new LinkedHashMap<>();
    all.stream()
        .filter(each -> each.agent().equals(agent))
        .forEach(each -> own.put(each.feature(), each.state().name().toLowerCase(Locale.ROOT)));
    return own;
  }

  /**
   * What failed last, whichever was later: something it did, or a life of its own. An exception's
   * message is not said: it may hold anything.
   */
  public static Optional<String> lastError(Optional<ErrorReport> failure, Optional<Exit> exit) {
    Optional<Instant> failed = failure.map(ErrorReport::at);
    boolean exitIsLater =
        exit.isPresent() && failed.map(at -> exit.get().at().isAfter(at)).orElse(true);
    return exitIsLater
        ? exit.map(end -> "the agent ended: " + end.signal() + ", " + end.at())
        : failure.map(
            report ->
                "%s in %s, %s, logged as %s"
                    .formatted(report.code().code(), report.operation(), report.at(), report.id()));
  }

  /** What its status page shows beside its health. */
  public static Map<String, Object> more(
      String agent, Standing standing, Optional<ChildState> child, int waiting, int widened) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("restarts", child.map(ChildState::restartCount).orElse(0L));
    more.put("waiting", waiting);
    more.put("widened", widened);
    child.ifPresent(
        known -> {
          more.put("phase", known.phase().name().toLowerCase(Locale.ROOT));
          more.put("phase_since", known.since().toString());
          more.put("well", known.isWell());
        });
    more.put("degradation", degradation(agent, standing));
    return more;
  }

  private static Map<String, Object> degradation(String agent, Standing standing) {
    Map<String, Object> degradation = new LinkedHashMap<>();
    degradation.put("level", standing.of(agent).number());
    degradation.put("level_name", standing.of(agent).label());
    degradation.put("platform_level", standing.level().number());
    degradation.put("since", standing.since().toString());
    degradation.put("mode", standing.mode().label());
    degradation.put("mode_reasons", standing.loadReasons());
    return degradation;
  }
}
