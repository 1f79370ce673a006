package dev.holdfast.launcher.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.holdfast.kernel.Clock;
import dev.holdfast.trace.Work;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Another log level for what is done in an agent's name, for a time. An agent's are the lines of
 * its own code and those of the platform while it works for it. While no level is changed, the log
 * pays nothing for the possibility. Any thread.
 */
public final class LogLevels {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LogLevels.class);
  private static final String HOUSE = "dev.holdfast.";
  private static final String AGENTS = "dev.holdfast.commerce.";

  private final Vertx vertx;
  private final Clock clock;
  private final Set<String> names;
  private final Map<String, Changed> changed = new ConcurrentHashMap<>();
  private final TurboFilter filter = new ByAgent();

  /**
   * A change that lasts.
   *
   * @param level of the agent's lines that are written, and those above it
   * @param until platform time
   * @param reason why, and who
   */
  public record Change(String agent, String level, Instant until, String reason) {}

  private record Changed(Change change, Level level, long timer) {}

  private final class ByAgent extends TurboFilter {
    @Override
    public FilterReply decide(
        Marker marker,
        Logger logger,
        Level level,
        String format,
        Object[] arguments,
        Throwable thrown) {
      Changed found = logger.getName().startsWith(HOUSE) ? of(logger.getName()) : null;
      if (found == null) {
        return FilterReply.NEUTRAL;
      }
      return level.isGreaterOrEqual(found.level()) ? FilterReply.ACCEPT : FilterReply.DENY;
    }
  }

  /**
   * @param names the agents and workflows that there are
   */
  public LogLevels(Vertx vertx, Clock clock, Set<String> names) {
    this.vertx = vertx;
    this.clock = clock;
    this.names = Set.copyOf(names);
  }

  private Changed of(String logger) {
    String agent = Work.current().agent();
    Changed working = agent == null ? null : changed.get(agent);
    if (working != null || !logger.startsWith(AGENTS)) {
      return working;
    }
    int end = logger.indexOf('.', AGENTS.length());
    return end < 0 ? null : changed.get(logger.substring(AGENTS.length(), end));
  }

  /** Whether it is the name of an agent or a workflow. */
  boolean knows(String agent) {
    return names.contains(agent);
  }

  /**
   * Changes an agent's level; ends by itself, and another change of the same agent takes its place.
   *
   * @param level debug, info, warn or error
   * @throws IllegalArgumentException when there is no such agent
   */
  public Change change(String agent, org.slf4j.event.Level level, Duration time, String reason) {
    if (!knows(agent)) {
      throw new IllegalArgumentException("There is no agent " + agent + ".");
    }
    long timer = vertx.setTimer(time.toMillis(), over -> end(agent));
    Change change = new Change(agent, level.name(), clock.now().plus(time), reason);
    Changed before = changed.put(agent, new Changed(change, Level.toLevel(level.name()), timer));
    if (before != null) {
      vertx.cancelTimer(before.timer());
    }
    filterWhileNeeded();
    LOG.info("the log of {} is at {} until {}: {}", agent, level, change.until(), reason);
    return change;
  }

  /** Ends a change before its time; whether there was one. */
  public boolean end(String agent) {
    Changed over = changed.remove(agent);
    if (over == null) {
      return false;
    }
    vertx.cancelTimer(over.timer());
    filterWhileNeeded();
    LOG.info("the log of {} is as usual again", agent);
    return true;
  }

  /** The changes that last, by agent. */
  public Map<String, Change> all() {
    Map<String, Change> all = new TreeMap<>();
    changed.forEach((agent, now) -> all.put(agent, now.change()));
    return all;
  }

  private synchronized void filterWhileNeeded() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
      boolean filters = log.getTurboFilterList().contains(filter);
      if (changed.isEmpty()) {
        log.getTurboFilterList().remove(filter);
      } else if (!filters) {
        filter.start();
        log.addTurboFilter(filter);
      }
    }
  }
}
