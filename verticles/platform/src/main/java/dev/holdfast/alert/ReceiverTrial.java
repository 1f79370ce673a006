package dev.holdfast.alert;

import dev.holdfast.alert.Notification.Transition;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A made-up alert and its end, by which receivers are tried. */
record ReceiverTrial(Notification begun, Notification over) {
  /**
   * One.
   *
   * @param by who tries them
   */
  static ReceiverTrial of(String by, String node, Instant at) {
    Observation seen =
        Observation.event("Test", Observation.PLATFORM, "A test of the receivers, by " + by + ".");
    Alert alert = Alert.of(seen, Severity.INFO, node, at);
    return new ReceiverTrial(
        Notification.of(alert, Transition.FIRING, at),
        Notification.of(alert.ended(at, by, "test"), Transition.RESOLVED, at));
  }

  /** Tells every receiver of both; of each the first answer that is no success, or the last. */
  Future<Map<String, Answer>> through(Deliveries deliveries) {
    return deliveries
        .test(begun)
        .compose(first -> deliveries.test(over).map(then -> joined(first, then)));
  }

  private static Map<String, Answer> joined(Map<String, Answer> first, Map<String, Answer> then) {
    Map<String, Answer> joined = new LinkedHashMap<>(then);
    first.forEach(
        (handler, answer) -> {
          if (answer.verdict() != Answer.Verdict.TAKEN) {
            joined.put(handler, answer);
          }
        });
    return joined;
  }
}
