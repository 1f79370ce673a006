package dev.holdfast.recovery;

import dev.holdfast.kernel.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people through the log, the same at most once in five minutes. One thread. */
public final class LoggedNotices implements Notices {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedNotices.class);

  /** How long the same is not told again. */
  static final Duration AGAIN_AFTER = Duration.ofMinutes(5);

  private final Clock clock;
  private final Map<String, Long> told = new HashMap<>();

  public LoggedNotices(Clock clock) {
    this.clock = clock;
  }

  @Override
  public boolean tell(Notice notice) {
    long now = clock.nanoTime();
    told.values().removeIf(at -> now - at >= AGAIN_AFTER.toNanos());
    if (told.putIfAbsent(notice.child() + " " + notice.topic(), now) != null) {
      return false;
    }
    LOG.warn("NOTICE {} {}: {}", notice.severity(), notice.child(), notice.text());
    return true;
  }
}
