package dev.holdfast.alert;

import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Tells alerts in the log. */
public final class LogHandler implements AlertHandler {
  private static final Logger LOG = LoggerFactory.getLogger(LogHandler.class);

  private final Severity atLeast;

  /**
   * @param atLeast less urgent ones are not told
   */
  public LogHandler(Severity atLeast) {
    this.atLeast = atLeast;
  }

  @Override
  public String name() {
    return "log";
  }

  @Override
  public Severity atLeast() {
    return atLeast;
  }

  @Override
  public Future<Answer> tell(Delivery delivery) {
    Notification what = delivery.what();
    LOG.atLevel(level(what))
        .addKeyValue("alert", what.condition())
        .addKeyValue("subject", what.subject())
        .addKeyValue("severity", what.severity().label())
        .addKeyValue("fingerprint", what.fingerprint())
        .log("alert {} {}: {}", what.condition(), what.transition().label(), what.text());
    return Future.succeededFuture(Answer.taken("written"));
  }

  private static Level level(Notification what) {
    if (what.transition() != Notification.Transition.FIRING) {
      return Level.INFO;
    }
    return switch (what.severity()) {
      case INFO -> Level.INFO;
      case WARNING -> Level.WARN;
      case ERROR, CRITICAL -> Level.ERROR;
    };
  }
}
